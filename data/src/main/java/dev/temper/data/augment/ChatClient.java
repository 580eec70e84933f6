package dev.temper.data.augment;

import dev.temper.contract.CodedException;
import dev.temper.data.recipe.ModelEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks one model one question at a time. */
final class ChatClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_BYTES = 1 << 20;
    private static final int TRIES = 3;

    private final ModelEndpoint endpoint;
    // Redirects are not followed: they could lead where the endpoint itself may not.
    private final HttpClient http;

    ChatClient(ModelEndpoint endpoint) {
        this.endpoint = endpoint;
        this.http = HttpClient.newBuilder().connectTimeout(endpoint.timeout()).build();
    }

    /** What the model answers; empty where it answers nothing. */
    String ask(String instruction, String text, double temperature, int seed) {
        // Java keeps what it resolved for some seconds, so that the connection goes to the addresses looked at here.
        endpoint.requireReachable();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", endpoint.model());
        body.put("temperature", temperature);
        body.put("seed", seed);
        var messages = body.putArray("messages");
        messages.addObject().put("role", "system").put("content", instruction);
        messages.addObject().put("role", "user").put("content", text);
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.completions())
                .timeout(endpoint.timeout())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        endpoint.key().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return answer(send(request.build()));
    }

    private JsonNode send(HttpRequest request) {
        @Nullable Exception last = null;
        int status = 0;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
                try (InputStream in = response.body()) {
                    byte[] body = in.readNBytes(MOST_BYTES);
                    status = response.statusCode();
                    if (status == 200) {
                        return JSON.readTree(body);
                    }
                }
                if (status < 500 && status != 429) {
                    throw refused(status);
                }
            } catch (IOException | JacksonException e) {
                last = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CodedException.internal(
                                "endpoint_interrupted", "The import was stopped while it waited for a model.", "")
                        .because(e);
            }
        }
        CodedException failure = CodedException.resources(
                        "endpoint_unavailable",
                        "The model " + endpoint + " gave no answer in " + TRIES + " tries"
                                + (last == null ? ", the last time the status " + status : ": " + last.getMessage())
                                + ".",
                        "See whether it runs, then go on with the import.")
                .with("endpoint", endpoint.toString());
        throw last == null ? failure : failure.because(last);
    }

    private CodedException refused(int status) {
        return CodedException.user(
                        "endpoint_refused",
                        "The model " + endpoint + " refused the request with the status " + status + ".",
                        "Check the address, the name of the model and the key.")
                .with("endpoint", endpoint.toString())
                .with("status", status);
    }

    private static String answer(JsonNode response) {
        return response.path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asString("")
                .strip();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
