package dev.temper.data.augment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.temper.data.recipe.ModelEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A model behind a real socket that answers by a function of what the user said. */
final class ChatServer implements AutoCloseable {
    private final HttpServer server;
    private final UnaryOperator<String> model;
    final List<JsonNode> requests = new ArrayList<>();
    final List<String> authorizations = new ArrayList<>();
    /** Statuses to answer with before the model is asked. */
    final Deque<Integer> failures = new ArrayDeque<>();

    ChatServer(UnaryOperator<String> model) throws IOException {
        this.model = model;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request =
                    JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            requests.add(request);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (!failures.isEmpty()) {
                exchange.sendResponseHeaders(failures.removeFirst(), -1);
                return;
            }
            String said = request.path("messages").path(1).path("content").asString();
            var response = JsonNodeFactory.instance.objectNode();
            response.putArray("choices").addObject().putObject("message").put("content", model.apply(said));
            byte[] bytes = response.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    ModelEndpoint endpoint(boolean allowPrivate) {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        return new ModelEndpoint(base, "tiny", Optional.of("key-1"), allowPrivate, Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
