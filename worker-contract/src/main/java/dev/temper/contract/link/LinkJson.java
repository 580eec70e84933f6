package dev.temper.contract.link;

import dev.temper.contract.CodedException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages as JSON. Each says the version it is written in; another major version is refused before anything else is
 * read, unknown fields of ours are passed over.
 */
public final class LinkJson {
    private static final String PROTOCOL = "protocol";

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNameLength(1_000)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private LinkJson() {}

    public static byte[] write(LinkMessage message) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put(PROTOCOL, ProtocolVersion.CURRENT.toString());
        json.setAll((ObjectNode) MAPPER.valueToTree(message));
        return MAPPER.writeValueAsBytes(json);
    }

    /**
     * Reads a message.
     *
     * @throws CodedException {@code worker_message_invalid} or {@code worker_protocol_unsupported}
     */
    public static <T extends LinkMessage> T read(byte[] json, Class<T> type) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (!tree.isObject()) {
                throw invalid("is not a JSON object", null);
            }
            ProtocolVersion.parse(tree.path(PROTOCOL).asString("")).requireReadable();
            return MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw coded(e);
        }
    }

    /** One event as a line of a file, without the version of a message. */
    public static String line(WorkerEvent event) {
        return MAPPER.writerFor(WorkerEvent.class).writeValueAsString(event);
    }

    /** Reads such a line. */
    public static WorkerEvent event(String line) {
        try {
            return MAPPER.readValue(line, WorkerEvent.class);
        } catch (JacksonException e) {
            throw coded(e);
        }
    }

    /** A document to put into a message, or one read out of it, as text. */
    public static JsonNode document(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw coded(e);
        }
    }

    /** A value of a message as JSON, for what keeps one. */
    public static String text(Object value) {
        return new String(MAPPER.writeValueAsBytes(value), StandardCharsets.UTF_8);
    }

    /** Reads what {@link #text} wrote. */
    public static <T> T value(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw coded(e);
        }
    }

    private static CodedException coded(JacksonException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CodedException coded) {
                return coded;
            }
        }
        return invalid("can't be read: " + e.getOriginalMessage(), e);
    }

    private static CodedException invalid(String how, @Nullable Throwable cause) {
        CodedException invalid = CodedException.user(
                "worker_message_invalid", "The message " + how + ".", "Send what docs/worker-link.md describes.");
        return cause == null ? invalid : invalid.because(cause);
    }
}
