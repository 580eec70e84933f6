package dev.temper.data.shape;

import dev.temper.data.row.Row;
import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Puts turns together to a row and sees that they can be learned from. */
final class Conversation {
    private Conversation() {}

    static Row row(Fields fields, List<Turn> turns, @Nullable Boolean label, @Nullable JsonNode tools) {
        check(turns);
        if (turns.isEmpty() || turns.getLast().speaker() != Speaker.ASSISTANT) {
            throw Unfit.of(ShapeCode.ANSWER_MISSING, Map.of());
        }
        if (turns.stream().noneMatch(turn -> turn.speaker() == Speaker.USER)) {
            throw Unfit.of(ShapeCode.QUESTION_MISSING, Map.of());
        }
        return finished(fields, turns, null, null, label, tools);
    }

    static Row preference(Fields fields, List<Turn> turns, Turn chosen, Turn rejected, @Nullable JsonNode tools) {
        check(turns);
        if (turns.stream().noneMatch(turn -> turn.speaker() == Speaker.USER)) {
            throw Unfit.of(ShapeCode.QUESTION_MISSING, Map.of());
        }
        return finished(fields, turns, chosen, rejected, null, tools);
    }

    /** The turns with what a system says of its own column before them. */
    static List<Turn> led(@Nullable String system, List<Turn> turns) {
        if (system == null) {
            return turns;
        }
        List<Turn> all = new ArrayList<>(turns.size() + 1);
        all.add(Turn.system(system));
        all.addAll(turns);
        return all;
    }

    private static Row finished(
            Fields fields,
            List<Turn> turns,
            @Nullable Turn chosen,
            @Nullable Turn rejected,
            @Nullable Boolean label,
            @Nullable JsonNode tools) {
        double weight = fields.weight();
        return new Row(turns, null, chosen, rejected, label, weight, tools, fields.rest(), fields.place());
    }

    private static void check(List<Turn> turns) {
        for (int i = 1; i < turns.size(); i++) {
            if (turns.get(i).speaker() == Speaker.SYSTEM) {
                throw Unfit.of(ShapeCode.SYSTEM_MISPLACED, Map.of("turn", i + 1));
            }
        }
    }
}
