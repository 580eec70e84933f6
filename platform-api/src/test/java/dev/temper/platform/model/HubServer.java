package dev.temper.platform.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small hub: one repository {@code maker/model} of the files it is given, large ones elsewhere as the real one has them,
 * with hashes, ranges, tokens, and the mishaps that a test asks for.
 */
final class HubServer implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final HttpServer hub;
    /** Where large files are: another address, as of a storage service. */
    private final HttpServer storage;

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, String> hashes = new TreeMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> tokensAtStorage = new CopyOnWriteArrayList<>();
    volatile String token = "";
    volatile String licence = "apache-2.0";
    /** After so many bytes the next answer of the storage breaks off; 0 for never. */
    volatile int breaksAfter;

    HubServer() {
        try {
            hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            storage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hub.createContext("/api/models/maker/model/revision/", this::describe);
        hub.createContext("/maker/model/resolve/", this::resolve);
        storage.createContext("/", this::content);
        hub.start();
        storage.start();
    }

    HubServer with(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            for (Path file : entries.toList()) {
                with(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return this;
    }

    HubServer with(String name, byte[] bytes) {
        files.put(name, bytes);
        hashes.put(name, sha256(bytes));
        return this;
    }

    HubServer without(String name) {
        files.remove(name);
        return this;
    }

    /** The hub says another hash than the file has. */
    HubServer lying(String name) {
        hashes.put(name, sha256(new byte[] {1}));
        return this;
    }

    String endpoint() {
        return address(hub);
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static boolean large(String name) {
        return name.endsWith(".safetensors") || name.endsWith(".gguf") || name.endsWith(".bin");
    }

    private void describe(HttpExchange exchange) throws IOException {
        if (refused(exchange)) {
            return;
        }
        List<Map<String, Object>> siblings = new ArrayList<>();
        files.forEach((name, bytes) -> siblings.add(
                large(name)
                        ? Map.of(
                                "rfilename",
                                name,
                                "size",
                                bytes.length,
                                "lfs",
                                Map.of(
                                        "sha256",
                                        hashes.getOrDefault(name, ""),
                                        "size",
                                        bytes.length,
                                        "pointerSize",
                                        134))
                        : Map.of("rfilename", name, "size", bytes.length)));
        byte[] answer = JsonMapper.shared()
                .writeValueAsBytes(Map.of(
                        "id",
                        "maker/model",
                        "sha",
                        COMMIT,
                        "gated",
                        token.isEmpty() ? false : "auto",
                        "cardData",
                        Map.of("license", licence),
                        "siblings",
                        siblings));
        exchange.sendResponseHeaders(200, answer.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }

    private boolean refused(HttpExchange exchange) throws IOException {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        if (token.isEmpty() || ("Bearer " + token).equals(shown)) {
            return false;
        }
        exchange.sendResponseHeaders(403, -1);
        exchange.close();
        return true;
    }

    private void resolve(HttpExchange exchange) throws IOException {
        String name = name(exchange, "/maker/model/resolve/" + COMMIT + "/");
        if (refused(exchange)) {
            return;
        }
        if (!files.containsKey(name)) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        } else if (large(name)) {
            exchange.getResponseHeaders().add("Location", address(storage) + "/" + name);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        } else {
            answer(exchange, name, 0);
        }
    }

    private void content(HttpExchange exchange) throws IOException {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        if (shown != null) {
            tokensAtStorage.add(shown);
        }
        int limit = breaksAfter;
        breaksAfter = 0;
        answer(exchange, name(exchange, "/"), limit);
    }

    private static String name(HttpExchange exchange, String prefix) {
        return exchange.getRequestURI().getPath().substring(prefix.length());
    }

    private void answer(HttpExchange exchange, String name, int limit) throws IOException {
        byte[] bytes = files.getOrDefault(name, new byte[0]);
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        asked.add(name + "@" + from);
        int most = limit > 0 ? Math.min(limit, bytes.length - from) : bytes.length - from;
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, most);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes, from, most);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
        storage.stop(0);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
