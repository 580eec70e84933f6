package dev.temper.data.shape;

import dev.temper.data.row.Row;
import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The shapes of the field: alpaca, ShareGPT, OpenAI messages, preference pairs, judged answers. */
final class ConversationShapes {
    private ConversationShapes() {}

    static Row alpaca(Fields fields) {
        if (fields.record().path("messages").isArray()) {
            // A row of ours that alpaca's columns could not hold; they are only a reading aid then.
            fields.use(List.of("instruction", "input", "output", "history", "system"));
            return messages(fields, "messages");
        }
        List<Turn> turns = new ArrayList<>();
        fields.text("system").ifPresent(system -> turns.add(Turn.system(system)));
        history(fields, turns);
        Optional<String> instruction = fields.text("instruction");
        Optional<String> input = fields.text("input");
        if (instruction.isEmpty() && input.isEmpty()) {
            throw fields.absent("instruction");
        }
        turns.add(Turn.user(
                Stream.of(instruction, input).flatMap(Optional::stream).collect(Collectors.joining("\n"))));
        JsonNode tools = tools(fields);
        Optional<String> chosen = fields.text("chosen");
        Optional<String> rejected = fields.text("rejected");
        if (chosen.isPresent() || rejected.isPresent()) {
            fields.node("output");
            Turn better = Turn.assistant(chosen.orElseThrow(() -> fields.absent("chosen")));
            Turn worse = Turn.assistant(rejected.orElseThrow(() -> fields.absent("rejected")));
            return Conversation.preference(fields, turns, better, worse, tools);
        }
        turns.add(Turn.assistant(fields.required("output")));
        return Conversation.row(fields, turns, fields.label("kto_tag"), tools);
    }

    private static void history(Fields fields, List<Turn> turns) {
        JsonNode history = fields.structure("history");
        if (history.isMissingNode()) {
            return;
        }
        String column = fields.column("history");
        for (JsonNode pair : history) {
            boolean texts =
                    pair.size() == 2 && pair.path(0).isString() && pair.path(1).isString();
            if (!pair.isArray() || !texts) {
                throw Unfit.at(column, ShapeCode.LIST_EXPECTED, "found", Fields.kind(pair));
            }
            turns.add(Turn.user(pair.get(0).stringValue()));
            turns.add(Turn.assistant(pair.get(1).stringValue()));
        }
    }

    static Row shareGpt(Fields fields) {
        return messages(fields, "conversations");
    }

    static Row messages(Fields fields) {
        JsonNode input = fields.record().path("input").path("messages");
        if (input.isArray()) {
            return openAiPreference(fields, input);
        }
        return messages(fields, "messages");
    }

    private static Row messages(Fields fields, String field) {
        JsonNode list = fields.structure(field);
        if (list.isMissingNode()) {
            throw fields.absent(field);
        }
        String system = fields.text("system").orElse(null);
        List<Turn> turns = Conversation.led(system, Messages.turns(list, fields.column(field)));
        JsonNode tools = tools(fields);
        JsonNode chosen = fields.structure("chosen");
        JsonNode rejected = fields.structure("rejected");
        if (chosen.isObject() && rejected.isObject()) {
            Turn better = Messages.turn(chosen, fields.column("chosen"), 1);
            Turn worse = Messages.turn(rejected, fields.column("rejected"), 1);
            return Conversation.preference(fields, turns, better, worse, tools);
        }
        Boolean label = fields.label("label");
        return Conversation.row(fields, turns, label == null ? fields.label("kto_tag") : label, tools);
    }

    private static Row openAiPreference(Fields fields, JsonNode input) {
        fields.use(List.of("input"));
        JsonNode tools = fields.record().path("input").path("tools");
        List<Turn> turns = Messages.turns(input, "input");
        Turn better =
                last(Messages.turns(fields.structure("preferred_output"), "preferred_output"), "preferred_output");
        Turn worse = last(
                Messages.turns(fields.structure("non_preferred_output"), "non_preferred_output"),
                "non_preferred_output");
        return Conversation.preference(fields, turns, better, worse, tools.isMissingNode() ? null : tools);
    }

    private static Turn last(List<Turn> turns, String column) {
        if (turns.isEmpty()) {
            throw Unfit.at(column, ShapeCode.TEXT_EMPTY);
        }
        return turns.getLast();
    }

    /** Prompt and answers as texts, or as lists of messages, or only as two whole conversations that part at the end. */
    static Row preference(Fields fields) {
        String system = fields.text("system").orElse(null);
        List<Turn> chosen = answer(fields, "chosen");
        List<Turn> rejected = answer(fields, "rejected");
        Turn better = last(chosen, fields.column("chosen"));
        Turn worse = last(rejected, fields.column("rejected"));
        List<Turn> before = fields.has("prompt") ? prompt(fields) : chosen.subList(0, chosen.size() - 1);
        if (before.isEmpty()) {
            throw fields.absent("prompt");
        }
        return Conversation.preference(fields, Conversation.led(system, before), better, worse, null);
    }

    static Row judged(Fields fields) {
        List<Turn> turns =
                new ArrayList<>(Conversation.led(fields.text("system").orElse(null), prompt(fields)));
        turns.add(last(answer(fields, "completion"), fields.column("completion")));
        Boolean label = fields.label("label");
        if (label == null) {
            throw fields.absent("label");
        }
        return Conversation.row(fields, turns, label, null);
    }

    private static List<Turn> prompt(Fields fields) {
        JsonNode value = fields.node("prompt");
        return value.isArray()
                ? Messages.turns(value, fields.column("prompt"))
                : List.of(Turn.user(fields.required("prompt")));
    }

    private static List<Turn> answer(Fields fields, String field) {
        JsonNode value = fields.node(field);
        if (!value.isArray()) {
            return List.of(Turn.assistant(fields.required(field)));
        }
        List<Turn> turns = Messages.turns(value, fields.column(field));
        if (!turns.isEmpty() && turns.getLast().speaker() != Speaker.ASSISTANT) {
            throw Unfit.of(ShapeCode.ANSWER_MISSING, Map.of());
        }
        return turns;
    }

    /** The tools; in ShareGPT files they stand as text. */
    private static @Nullable JsonNode tools(Fields fields) {
        JsonNode tools = fields.structure("tools");
        return tools.isMissingNode() || tools.isEmpty() ? null : tools;
    }
}
