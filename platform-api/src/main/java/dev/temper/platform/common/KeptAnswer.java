package dev.temper.platform.common;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer as it went out: what the same request gets when it comes again. */
public final class KeptAnswer {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    public KeptAnswer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public byte[] body() {
        return body.clone();
    }

    byte[] toBytes() {
        byte[] head = headers.entrySet().stream()
                .map(header -> header.getKey() + "\n" + header.getValue())
                .reduce((one, other) -> one + "\n" + other)
                .orElse("")
                .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + head.length + body.length)
                .putInt(status)
                .putInt(head.length)
                .put(head)
                .put(body)
                .array();
    }

    static KeptAnswer fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int status = in.getInt();
        byte[] head = new byte[in.getInt()];
        in.get(head);
        byte[] body = new byte[in.remaining()];
        in.get(body);
        Map<String, String> headers = new LinkedHashMap<>();
        String[] lines = new String(head, StandardCharsets.UTF_8).split("\n", -1);
        for (int i = 0; i + 1 < lines.length; i += 2) {
            headers.put(lines[i], lines[i + 1]);
        }
        return new KeptAnswer(status, headers, body);
    }

    /** An answer may hold a new secret. */
    @Override
    public String toString() {
        return "KeptAnswer[" + status + ", " + body.length + " bytes]";
    }
}
