package dev.temper.data.consistency;

import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Leaves out, or gives a score to, rows whose answer does not speak of what was asked. */
public final class ConsistencyStep implements StepKind {
    enum Action {
        LEAVE_OUT,
        /** The row stays with its score in the column {@code consistency}. */
        SCORE
    }

    /** Low, because a short right answer ("yes", "42") may share little with its question. */
    static final Setting<Double> LEAST = new Setting.Real("least", 0.1, -1.0, 1.0);

    static final Setting<Action> ACTION = new Setting.Choice<>("action", Action.SCORE);
    private static final String COLUMN = "consistency";

    @Override
    public String name() {
        return "consistency";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(LEAST, ACTION);
    }

    @Override
    public List<String> reasons() {
        return List.of("answer_off_topic");
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        Map<SentenceModel.Name, SentenceModel> models = new EnumMap<>(SentenceModel.Name.class);
        for (SentenceModel.Name name : SentenceModel.Name.values()) {
            models.put(name, SentenceModel.open(name));
        }
        return new Comparison(models, settings.get(LEAST), settings.get(ACTION));
    }

    private record Comparison(Map<SentenceModel.Name, SentenceModel> models, double least, Action action)
            implements Step {
        @Override
        public Outcome apply(Row row) {
            String question = RowText.question(row);
            String answer = RowText.answer(row);
            if (question.isBlank() || answer.isBlank()) {
                return Outcome.UNCHANGED;
            }
            double similarity = model(question + answer).similarity(question, answer);
            double score = Math.round(similarity * 1000) / 1000.0;
            return switch (action) {
                case LEAVE_OUT ->
                    score < least
                            ? Outcome.drop("answer_off_topic", Map.of("score", score, "least", least))
                            : Outcome.UNCHANGED;
                case SCORE -> {
                    Map<String, JsonNode> extra = new HashMap<>(row.extra());
                    extra.put(COLUMN, JsonNodeFactory.instance.numberNode(score));
                    yield new Outcome.Changed(
                            row.withExtra(extra), score < least ? Map.of("answer_off_topic", 1) : Map.of());
                }
            };
        }

        private SentenceModel model(String text) {
            long han = text.codePoints()
                    .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                    .count();
            SentenceModel.Name name = han * 5 > text.length() ? SentenceModel.Name.CHINESE : SentenceModel.Name.ENGLISH;
            SentenceModel model = models.get(name);
            if (model == null) {
                throw new IllegalStateException("all models are open");
            }
            return model;
        }

        @Override
        public void close() {
            models.values().forEach(SentenceModel::close);
        }
    }
}
