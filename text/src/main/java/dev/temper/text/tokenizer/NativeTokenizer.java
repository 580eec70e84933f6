package dev.temper.text.tokenizer;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.temper.contract.CodedException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One tokenizer of the native library. The library is called below DJL's own class because that one fetches seven arrays
 * for every encoding where most callers want the ids alone. Safe for any number of threads; the native memory goes when
 * this object does.
 */
final class NativeTokenizer {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final TokenizersLibrary LIBRARY = load();

    private final long handle;

    private NativeTokenizer(long handle) {
        this.handle = handle;
    }

    private static TokenizersLibrary load() {
        // The natives are in the jar. Said before DJL looks, so that it never tries to fetch others.
        if (System.getProperty("ai.djl.offline") == null) {
            System.setProperty("ai.djl.offline", "true");
        }
        LibUtils.checkStatus();
        return TokenizersLibrary.LIB;
    }

    static NativeTokenizer parse(String json) {
        long handle;
        try {
            handle = LIBRARY.createTokenizerFromString(json);
        } catch (RuntimeException refused) {
            throw broken(refused.getMessage()).because(refused);
        }
        if (handle == 0) {
            throw broken("the library gives no reason");
        }
        LIBRARY.disableTruncation(handle);
        LIBRARY.disablePadding(handle);
        NativeTokenizer tokenizer = new NativeTokenizer(handle);
        CLEANER.register(tokenizer, () -> LIBRARY.deleteTokenizer(handle));
        return tokenizer;
    }

    static CodedException broken(@Nullable String reason) {
        return CodedException.user(
                "tokenizer_broken",
                "The tokenizer cannot be read: " + reason,
                "Take tokenizer.json again from the model's source; it must be the file of the tokenizers library.");
    }

    int[] encode(String text, boolean addSpecialTokens) {
        if (text.isEmpty() && !addSpecialTokens) {
            return new int[0];
        }
        try {
            long encoding = LIBRARY.encode(handle, text, addSpecialTokens);
            try {
                return toInts(LIBRARY.getTokenIds(encoding));
            } finally {
                LIBRARY.deleteEncoding(encoding);
            }
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    TokenizedText analyse(String text, boolean addSpecialTokens) {
        try {
            long encoding = LIBRARY.encode(handle, text, addSpecialTokens);
            try {
                CharSpan[] spans = LIBRARY.getTokenCharSpans(encoding);
                List<TokenizedText.Span> offsets = new ArrayList<>(spans.length);
                for (CharSpan span : spans) {
                    // The library has no span for tokens the text does not contain, such as an added BOS.
                    offsets.add(
                            span == null
                                    ? TokenizedText.Span.NOWHERE
                                    : new TokenizedText.Span(span.getStart(), span.getEnd()));
                }
                return new TokenizedText(
                        toInts(LIBRARY.getTokenIds(encoding)), List.of(LIBRARY.getTokens(encoding)), offsets);
            } finally {
                LIBRARY.deleteEncoding(encoding);
            }
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    String decode(int[] ids, int from, int to, boolean skipSpecialTokens) {
        if (from == to) {
            return "";
        }
        long[] wide = new long[to - from];
        for (int i = from; i < to; i++) {
            wide[i - from] = ids[i];
        }
        try {
            return LIBRARY.decode(handle, wide, skipSpecialTokens);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private static int[] toInts(long[] ids) {
        int[] narrow = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            narrow[i] = Math.toIntExact(ids[i]);
        }
        return narrow;
    }
}
