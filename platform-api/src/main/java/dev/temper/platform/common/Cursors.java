package dev.temper.platform.common;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns the key of a page's last row into an opaque cursor and back. A cursor is signed together with its scope (the
 * list and its filters), so that one changed on its way or taken to another list is refused instead of showing wrong
 * rows.
 */
@Component
public class Cursors {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 12;

    private final SecretKey key;

    Cursors(DerivedKeys keys) {
        this.key = keys.of("cursors");
    }

    /**
     * The part of a list that is asked for.
     *
     * @param scope what the list is and how it is filtered; the same for every page of it
     */
    public PageQuery query(int limit, @Nullable String cursor, String scope) {
        Keyset after = cursor == null ? null : open(cursor, scope);
        return new PageQuery(limit, after, last -> seal(last, scope));
    }

    private String seal(Keyset keyset, String scope) {
        byte[] payload = write(keyset);
        byte[] sealed = ByteBuffer.allocate(2 * SIGNATURE_BYTES + payload.length)
                .put(sign("payload", payload))
                .put(sign("scope " + scope, payload))
                .put(payload)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    private Keyset open(String cursor, String scope) {
        byte[] sealed = decode(cursor);
        byte[] payload = Arrays.copyOfRange(sealed, 2 * SIGNATURE_BYTES, sealed.length);
        if (!signed("payload", payload, sealed, 0)) {
            throw ErrorCode.CURSOR_UNREADABLE.at("cursor");
        }
        if (!signed("scope " + scope, payload, sealed, SIGNATURE_BYTES)) {
            throw ErrorCode.CURSOR_OF_OTHER_LIST.at("cursor");
        }
        return read(payload);
    }

    private static byte[] decode(String cursor) {
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(cursor);
            if (sealed.length > 2 * SIGNATURE_BYTES) {
                return sealed;
            }
        } catch (IllegalArgumentException notBase64) {
            throw ErrorCode.CURSOR_UNREADABLE.at("cursor").because(notBase64);
        }
        throw ErrorCode.CURSOR_UNREADABLE.at("cursor");
    }

    private boolean signed(String purpose, byte[] payload, byte[] sealed, int from) {
        return MessageDigest.isEqual(sign(purpose, payload), Arrays.copyOfRange(sealed, from, from + SIGNATURE_BYTES));
    }

    private byte[] sign(String purpose, byte[] payload) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(payload), SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    private static byte[] write(Keyset keyset) {
        List<byte[]> parts = keyset.values().stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toList();
        ByteBuffer out = ByteBuffer.allocate(
                1 + parts.stream().mapToInt(part -> 4 + part.length).sum());
        out.put((byte) parts.size());
        parts.forEach(part -> out.putInt(part.length).put(part));
        return out.array();
    }

    private static Keyset read(byte[] payload) {
        ByteBuffer in = ByteBuffer.wrap(payload);
        int count = in.get();
        List<String> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] part = new byte[in.getInt()];
            in.get(part);
            values.add(new String(part, StandardCharsets.UTF_8));
        }
        return new Keyset(values);
    }
}
