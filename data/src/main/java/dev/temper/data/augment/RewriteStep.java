package dev.temper.data.augment;

import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import dev.temper.data.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Adds rows whose question a model has put into other words, at an endpoint that somebody configured. */
public final class RewriteStep implements StepKind {
    enum How {
        PARAPHRASE,
        /** Into another language and back. */
        BACK_TRANSLATION
    }

    static final Setting<String> ENDPOINT = new Setting.Words("endpoint", "", 1, 200);
    static final Setting<How> HOW = new Setting.Choice<>("how", How.PARAPHRASE);
    static final Setting<Integer> COPIES = new Setting.Whole("copies", 1, 1, 5);
    static final Setting<Double> TEMPERATURE = new Setting.Real("temperature", 0.7, 0.0, 2.0);
    /** The language to go through, in English. */
    static final Setting<String> THROUGH = new Setting.Words("through", "French", 2, 40);

    @Override
    public String name() {
        return "augment_model";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(ENDPOINT, HOW, COPIES, TEMPERATURE, THROUGH);
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        ChatClient client = new ChatClient(context.run().endpoints().apply(settings.get(ENDPOINT)));
        return new Rewriting(client, settings);
    }

    private record Rewriting(ChatClient client, Settings settings) implements Step {
        private static final String ONLY = " Answer with the text alone, without quotes or remarks.";

        @Override
        public Outcome apply(Row row) {
            OptionalInt turn = Variants.question(row);
            String question =
                    turn.isEmpty() ? "" : row.turns().get(turn.getAsInt()).text();
            if (question.isBlank()) {
                return Outcome.UNCHANGED;
            }
            List<String> wordings = new ArrayList<>();
            for (int copy = 0; copy < settings.get(COPIES); copy++) {
                wordings.add(rewritten(question, copy));
            }
            return Variants.of(row, turn.orElseThrow(), wordings, Setting.id(settings.get(HOW)));
        }

        private String rewritten(String question, int copy) {
            return switch (settings.get(HOW)) {
                case PARAPHRASE ->
                    ask(
                            "Put the user's text into other words. Keep its language, its meaning, all names and all numbers.",
                            question,
                            copy);
                case BACK_TRANSLATION -> {
                    String there = ask("Translate the user's text into " + settings.get(THROUGH) + ".", question, copy);
                    yield there.isEmpty()
                            ? ""
                            : ask(
                                    "Translate the user's text into the language of this sentence: "
                                            + beginning(question),
                                    there,
                                    copy);
                }
            };
        }

        private String ask(String instruction, String text, int copy) {
            return client.ask(instruction + ONLY, text, settings.get(TEMPERATURE), copy);
        }

        private static String beginning(String text) {
            return text.codePoints()
                    .limit(80)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
