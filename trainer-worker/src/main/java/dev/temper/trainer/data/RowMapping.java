package dev.temper.trainer.data;

import dev.temper.contract.CodedException;
import dev.temper.contract.DataFormat;
import dev.temper.contract.DataSource;
import dev.temper.contract.Stage;
import dev.temper.text.Conversation;
import dev.temper.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads rows of one shape as conversations, or as text for continued pre-training. */
final class RowMapping {
    private final DataFormat format;
    private final Columns columns;
    private final Map<String, String> tags;
    private final Stage stage;

    private RowMapping(DataFormat format, Columns columns, Map<String, String> tags, Stage stage) {
        this.format = format;
        this.columns = columns;
        this.tags = tags;
        this.stage = stage;
    }

    /**
     * @param strict columns that no mapping names are not looked for where a mapping is given, as LLaMA-Factory does
     */
    static RowMapping of(DataSource source, JsonNode firstRow, Stage stage, boolean strict) {
        DataFormat format = source.format() == DataFormat.AUTO ? detect(source, firstRow) : source.format();
        return new RowMapping(format, new Columns(source.columns(), strict), source.tags(), stage);
    }

    private static DataFormat detect(DataSource source, JsonNode row) {
        if (row.isString() || (row.path("text").isString() && !row.has("instruction"))) {
            return DataFormat.TEXT;
        }
        if (row.path("conversations").isArray()) {
            return DataFormat.SHAREGPT;
        }
        if (row.path("messages").isArray()) {
            return DataFormat.OPENAI;
        }
        if (row.has("instruction") || source.columns().containsKey("prompt")) {
            return DataFormat.ALPACA;
        }
        throw CodedException.user(
                        "data_format_unknown",
                        "The rows of " + source.path() + " have no known shape: the first has "
                                + (row.isObject()
                                        ? "the columns " + String.join(", ", row.propertyNames())
                                        : row.getNodeType())
                                + ".",
                        "Say which columns hold what, or use instruction/input/output, messages, conversations or text.")
                .with("file", source.path());
    }

    DataFormat format() {
        return format;
    }

    Mapped map(JsonNode row) {
        try {
            return switch (format) {
                case TEXT -> text(row);
                case ALPACA, AUTO -> alpaca(row);
                case SHAREGPT -> turns(row, "conversations", "from", "value", "human", "gpt");
                case OPENAI -> turns(row, "messages", "role", "content", "user", "assistant");
            };
        } catch (CodedException e) {
            // Conversations refuse what is out of order, empty, or no Unicode.
            Skip reason = switch (e.code()) {
                case "conversation_roles_out_of_order", "conversation_unanswered" -> Skip.ROLES_OUT_OF_ORDER;
                case "conversation_empty", "conversation_turn_empty" -> Skip.EMPTY;
                default -> Skip.UNENCODABLE;
            };
            return new Mapped.Skipped(reason, e.getMessage());
        }
    }

    private Mapped text(JsonNode row) {
        String column = columns.name("prompt", "text");
        JsonNode text = row.isString() || column == null ? row : row.path(column);
        if (!text.isString()) {
            return missing(column, row);
        }
        return text.asString().isBlank() ? new Mapped.Skipped(Skip.EMPTY, "no text") : new Mapped.Text(text.asString());
    }

    private Mapped alpaca(JsonNode row) {
        String prompt = columns.name("prompt", "instruction");
        String response = columns.name("response", "output");
        List<Message> messages = new ArrayList<>();
        for (JsonNode pair : column(row, columns.optional("history"))) {
            messages.add(Message.user(pair.path(0).asString("")));
            messages.add(Message.assistant(pair.path(1).asString("")));
        }
        String asked = join(text(row, prompt), text(row, columns.name("query", "input")));
        if (stage == Stage.PRETRAIN) {
            return asked.isBlank() ? missing(prompt, row) : new Mapped.Text(asked);
        }
        if (!column(row, prompt).isString()) {
            return missing(prompt, row);
        }
        if (!column(row, response).isString()) {
            return missing(response, row);
        }
        messages.add(Message.user(asked));
        messages.add(Message.assistant(text(row, response)));
        return new Mapped.Talk(new Conversation(text(row, columns.optional("system")), messages));
    }

    private Mapped turns(JsonNode row, String list, String role, String content, String user, String assistant) {
        String name = columns.name("messages", list);
        JsonNode turns = column(row, name);
        if (!turns.isArray()) {
            return missing(name, row);
        }
        String roleTag = tag("role_tag", role);
        String contentTag = tag("content_tag", content);
        String system = text(row, columns.optional("system"));
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            JsonNode turn = turns.get(i);
            String who = turn.path(roleTag).asString("");
            String said = said(turn.path(contentTag));
            if (said == null || turn.has("tool_calls") || turn.path("weight").asDouble(1) == 0) {
                return new Mapped.Skipped(Skip.UNSUPPORTED_TURN, "turn " + (i + 1) + " of " + who);
            }
            if (i == 0 && (who.equals(tag("system_tag", "system")) || who.equals("developer"))) {
                system = said;
            } else if (who.equals(tag("user_tag", user))) {
                messages.add(Message.user(said));
            } else if (who.equals(tag("assistant_tag", assistant))) {
                messages.add(Message.assistant(said));
            } else {
                return new Mapped.Skipped(Skip.UNSUPPORTED_TURN, "turn " + (i + 1) + " of " + who);
            }
        }
        Conversation conversation = new Conversation(system, messages);
        return conversation.answered()
                ? new Mapped.Talk(conversation)
                : new Mapped.Skipped(Skip.ROLES_OUT_OF_ORDER, "the last turn is the user's");
    }

    /** The text of a turn, parts of text joined; null where there is other content. */
    private static @Nullable String said(JsonNode content) {
        if (content.isString()) {
            return content.asString();
        }
        if (!content.isArray()) {
            return null;
        }
        StringBuilder joined = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("text").isString()) {
                return null;
            }
            joined.append(part.path("text").asString());
        }
        return joined.toString();
    }

    private String tag(String name, String standard) {
        return tags.getOrDefault(name, standard);
    }

    private static String join(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "\n" + second;
    }

    private static JsonNode column(JsonNode row, @Nullable String name) {
        return row.path(name == null ? "" : name);
    }

    private static String text(JsonNode row, @Nullable String name) {
        JsonNode value = column(row, name);
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }

    private static Mapped missing(@Nullable String column, JsonNode row) {
        String has = row.isObject() ? String.join(", ", row.propertyNames()) : row.getNodeType() + "";
        return new Mapped.Skipped(Skip.COLUMN_MISSING, "no text in column " + column + "; there is: " + has);
    }

    /** Our names of columns to the file's. */
    private record Columns(Map<String, String> given, boolean strict) {
        @Nullable
        String name(String ours, String standard) {
            String named = given.get(ours);
            boolean looked = !strict || given.isEmpty() || ours.equals("messages");
            return named != null ? named : looked ? standard : null;
        }

        /** Columns that LLaMA-Factory reads only where they are mapped. */
        @Nullable
        String optional(String ours) {
            return strict ? given.get(ours) : given.getOrDefault(ours, ours);
        }
    }
}
