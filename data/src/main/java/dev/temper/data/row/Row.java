package dev.temper.data.row;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The canonical row. Immutable: a step that changes a row makes another.
 *
 * @param turns the conversation, the system's turn first if there is one; empty for plain text. Where there is a better
 *     and a worse answer, it ends before them
 * @param text plain text; null for conversations
 * @param chosen the better answer; null where rows are not compared
 * @param rejected the worse answer; null where rows are not compared
 * @param label whether the last answer is wanted; null where it was not judged
 * @param weight how much the row counts against others; 1 by default
 * @param tools the tools the assistant may call, as the file has them
 * @param extra columns that are no part of the conversation (chapter, difficulty, a score …), under the file's names
 * @param place where the row came from
 */
public record Row(
        List<Turn> turns,
        @Nullable String text,
        @Nullable Turn chosen,
        @Nullable Turn rejected,
        @Nullable Boolean label,
        double weight,
        @Nullable JsonNode tools,
        Map<String, JsonNode> extra,
        Place place) {
    public Row {
        turns = List.copyOf(turns);
        extra = Map.copyOf(extra);
        if (turns.isEmpty() == (text == null)) {
            throw new IllegalArgumentException("a row is either a conversation or text");
        }
        if ((chosen == null) != (rejected == null)) {
            throw new IllegalArgumentException("a better answer needs a worse one");
        }
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight " + weight);
        }
    }

    public static Row conversation(Place place, List<Turn> turns) {
        return new Row(turns, null, null, null, null, 1, null, Map.of(), place);
    }

    public static Row text(Place place, String text) {
        return new Row(List.of(), text, null, null, null, 1, null, Map.of(), place);
    }

    public static Row preference(Place place, List<Turn> turns, Turn chosen, Turn rejected) {
        return new Row(turns, null, chosen, rejected, null, 1, null, Map.of(), place);
    }

    public RowKind kind() {
        if (text != null) {
            return RowKind.TEXT;
        }
        if (chosen != null) {
            return RowKind.PREFERENCE;
        }
        return label == null ? RowKind.CONVERSATION : RowKind.JUDGED;
    }

    public Row withTurns(List<Turn> others) {
        return new Row(others, text, chosen, rejected, label, weight, tools, extra, place);
    }

    public Row withText(String other) {
        return new Row(turns, other, chosen, rejected, label, weight, tools, extra, place);
    }

    public Row withAnswers(Turn better, Turn worse) {
        return new Row(turns, text, better, worse, label, weight, tools, extra, place);
    }

    public Row withLabel(Boolean judged) {
        return new Row(turns, text, chosen, rejected, judged, weight, tools, extra, place);
    }

    public Row withWeight(double other) {
        return new Row(turns, text, chosen, rejected, label, other, tools, extra, place);
    }

    public Row withTools(JsonNode available) {
        return new Row(turns, text, chosen, rejected, label, weight, available, extra, place);
    }

    public Row withExtra(Map<String, JsonNode> others) {
        return new Row(turns, text, chosen, rejected, label, weight, tools, others, place);
    }

    public Row at(Place other) {
        return new Row(turns, text, chosen, rejected, label, weight, tools, extra, other);
    }
}
