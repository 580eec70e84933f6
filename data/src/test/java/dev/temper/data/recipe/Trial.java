package dev.temper.data.recipe;

import static java.util.Objects.requireNonNull;

import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.row.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a recipe written in a test over rows written in a test. */
public record Trial(List<Row> kept, List<LeftOut> leftOut, List<StepReport> reports) {
    /** The steps as JSON, quotes written as apostrophes. */
    public static Recipe recipe(String... steps) {
        return RecipeJson.read(("{'version':1,'steps':[" + String.join(",", steps) + "]}").replace('\'', '"'));
    }

    public static Trial run(Path folder, List<Row> rows, String... steps) {
        return run(RecipeContext.in(folder), rows, steps);
    }

    public static Trial run(RecipeContext context, List<Row> rows, String... steps) {
        try (RecipeRun run = recipe(steps).start(context)) {
            Collected sink = new Collected();
            rows.forEach(row -> run.accept(row, sink));
            return new Trial(sink.kept, sink.leftOut, run.reports());
        }
    }

    /** A question and its answer, in line {@code line}. */
    public static Row asked(long line, String question, String answer) {
        return Row.conversation(Place.of("rows.csv", line), List.of(Turn.user(question), Turn.assistant(answer)));
    }

    /** What a row's column says. */
    public static String column(Row row, String name) {
        return requireNonNull(row.extra().get(name)).asString();
    }

    public static Row asked(String question, String answer) {
        return asked(1, question, answer);
    }

    /** What came out, in order. */
    public static final class Collected implements RecipeRun.Sink {
        public final List<Row> kept = new ArrayList<>();
        public final List<LeftOut> leftOut = new ArrayList<>();

        @Override
        public void keep(Row row) {
            kept.add(row);
        }

        @Override
        public void leaveOut(LeftOut row) {
            leftOut.add(row);
        }
    }

    public List<String> codes() {
        return leftOut.stream().map(LeftOut::code).toList();
    }
}
