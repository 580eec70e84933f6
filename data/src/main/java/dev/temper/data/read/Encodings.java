package dev.temper.data.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Which encoding a file's characters have: what its mark says; else UTF-8 where it is nearly that; else what the
 * distribution of its bytes speaks for, GB18030 (which holds GBK and GB2312) above all.
 */
final class Encodings {
    static final Charset GB18030 = Charset.forName("GB18030");

    private static final Charset WESTERN = Charset.forName("windows-1252");
    private static final int SAMPLE = 1 << 18;
    private static final long FARTHEST = 64L << 20;

    private Encodings() {}

    static Charset of(Content content) throws IOException {
        byte[] head = content.head(SAMPLE);
        Charset marked = Characters.marked(head);
        if (marked != null) {
            return marked;
        }
        Charset wide = wide(head);
        if (wide != null) {
            return wide;
        }
        return of(isAscii(head) && head.length == SAMPLE ? farther(content) : head);
    }

    private static Charset of(byte[] sample) {
        Utf8 utf8 = Utf8.count(sample);
        if (utf8.malformed == 0 || utf8.wellFormed >= 4 * utf8.malformed) {
            return StandardCharsets.UTF_8;
        }
        Charset guessed = guessed(sample);
        double common = commonHanzi(sample);
        boolean certainlyOther = guessed != null && guessed.name().startsWith("EUC") && sample.length > 400;
        if (common > 0.9 && !certainlyOther) {
            return GB18030;
        }
        if (guessed != null && decodes(guessed, sample)) {
            return guessed;
        }
        return common > 0.5 ? GB18030 : WESTERN;
    }

    /** The first stretch that is not ASCII: a long English file may have its first Chinese name far down. */
    private static byte[] farther(Content content) throws IOException {
        byte[] window = new byte[SAMPLE];
        try (InputStream in = content.open()) {
            for (long passed = 0; passed < FARTHEST; passed += window.length) {
                int count = in.readNBytes(window, 0, window.length);
                byte[] seen = Arrays.copyOf(window, count);
                if (!isAscii(seen) || count < window.length) {
                    return seen;
                }
            }
        }
        return new byte[0];
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte one : bytes) {
            if (one < 0) {
                return false;
            }
        }
        return true;
    }

    /** UTF-16 without a mark: of digits, commas, Latin letters and line ends the same half is always zero. */
    private static @Nullable Charset wide(byte[] head) {
        int pairs = head.length / 2;
        int zeroFirst = 0;
        int zeroSecond = 0;
        for (int i = 0; i < pairs; i++) {
            zeroFirst += head[2 * i] == 0 ? 1 : 0;
            zeroSecond += head[2 * i + 1] == 0 ? 1 : 0;
        }
        int most = Math.max(zeroFirst, zeroSecond);
        boolean oneSided = Math.min(zeroFirst, zeroSecond) * 3 <= most;
        boolean latin = most * 4 >= pairs;
        boolean mixed = most >= 3 && most * 50 > pairs && Utf8.count(head).malformed > 0;
        if (pairs == 0 || !oneSided || !(latin || mixed)) {
            return null;
        }
        return zeroSecond > zeroFirst ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    private static @Nullable Charset guessed(byte[] sample) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(sample, 0, sample.length);
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : null;
    }

    private static boolean decodes(Charset charset, byte[] sample) {
        try {
            CharBuffer text = charset.newDecoder().decode(ByteBuffer.wrap(sample));
            return !text.isEmpty();
        } catch (CharacterCodingException cut) {
            return sample.length == SAMPLE;
        }
    }

    /** The share of two-byte pairs that are the everyday characters of GB2312 (its first level) or its punctuation. */
    private static double commonHanzi(byte[] sample) {
        int pairs = 0;
        int common = 0;
        for (int i = 0; i + 1 < sample.length; i++) {
            int lead = sample[i] & 0xff;
            if (lead >= 0x81) {
                int trail = sample[i + 1] & 0xff;
                pairs++;
                boolean hanzi = lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1;
                boolean mark = (lead == 0xa1 || lead == 0xa3) && trail >= 0xa1;
                common += hanzi || mark ? 1 : 0;
                i++;
            }
        }
        return pairs == 0 ? 0 : (double) common / pairs;
    }

    /** How many sequences of more than one byte are UTF-8, and how many are not. */
    private record Utf8(int wellFormed, int malformed) {
        static Utf8 count(byte[] bytes) {
            int good = 0;
            int bad = 0;
            int i = 0;
            while (i < bytes.length) {
                int lead = bytes[i] & 0xff;
                int length =
                        lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
                if (i + length > bytes.length) {
                    break;
                }
                int followed = 1;
                while (followed < length && (bytes[i + followed] & 0xc0) == 0x80) {
                    followed++;
                }
                boolean well = length > 0 && followed == length;
                good += well && length > 1 ? 1 : 0;
                bad += well ? 0 : 1;
                i += well ? length : 1;
            }
            return new Utf8(good, bad);
        }
    }
}
