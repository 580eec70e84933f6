package dev.temper.trainer.supervise;

import dev.temper.contract.GenerateSpec;
import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.contract.link.Directive;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.text.Conversation;
import dev.temper.text.Message;
import dev.temper.text.tokenizer.Tokenizer;
import dev.temper.trainer.model.generation.GeneratedText;
import dev.temper.trainer.model.generation.GenerationSettings;
import dev.temper.trainer.run.ChatModel;
import dev.temper.trainer.run.Trained;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Asks what a run has trained, and the model as it was before if that is wished; answers are told while they grow. */
public final class GenerateRun implements RunKind {
    @Override
    public String name() {
        return GenerateSpec.KIND;
    }

    @Override
    public Ending run(Assignment assignment, RunSide side) {
        GenerateSpec spec = RunSpecJson.whole(assignment.spec(), GenerateSpec.class);
        Path folder = assignment.folder();
        RunSpec run = LeasedSpec.withoutRows(assignment.spec().path("run"), folder, LeasedSpec.Share.ofThisProcess());
        Trained trained = Trained.open(run, LeasedSpec.given(spec.trained(), folder), folder.resolve(".work"));
        try (ChatModel tuned = trained.chat()) {
            ask(tuned, spec, false, side);
        }
        if (spec.base() && !side.directive().stops()) {
            try (ChatModel base = trained.baseChat()) {
                ask(base, spec, true, side);
            }
        }
        Directive wish = side.directive();
        return wish.stops() ? new Ending.Stopped(wish, 0) : new Ending.Done();
    }

    private static void ask(ChatModel model, GenerateSpec spec, boolean base, RunSide side) {
        GenerateSpec.Sampling sampling = spec.sampling();
        GenerationSettings settings = new GenerationSettings(
                sampling.maxTokens(),
                sampling.temperature(),
                sampling.topP(),
                sampling.topK(),
                sampling.repetitionPenalty(),
                model.stopIds(),
                List.of(),
                sampling.seed());
        List<Piece> pieces = new ArrayList<>();
        spec.asked().forEach(_ -> pieces.add(new Piece()));
        List<GeneratedText> texts = model.answer(
                spec.asked().stream().map(GenerateRun::conversation).toList(), settings, (sequence, text) -> {
                    Piece piece = pieces.get(sequence);
                    piece.text.append(text);
                    if (piece.due()) {
                        side.tell(new WorkerEvent.Answer(sequence, base, piece.take(), null));
                    }
                    return !side.directive().stops();
                });
        for (int i = 0; i < texts.size(); i++) {
            String end = texts.get(i).end().name().toLowerCase(Locale.ROOT);
            side.tell(new WorkerEvent.Answer(
                    i, base, Tokenizer.untorn(pieces.get(i).take()), end));
        }
    }

    /** What has grown since it was told last. Few events tell it as well as many: people read slower than a model writes. */
    private static final class Piece {
        private static final long APART = 300_000_000;
        private static final int MOST = 4_000;

        private final StringBuilder text = new StringBuilder();
        private long told = System.nanoTime();

        boolean due() {
            return System.nanoTime() - told > APART || text.length() > MOST;
        }

        String take() {
            String taken = Texts.cut(text.toString());
            text.setLength(0);
            told = System.nanoTime();
            return taken;
        }
    }

    private static Conversation conversation(GenerateSpec.Asked asked) {
        List<Message> messages = new ArrayList<>();
        for (String said : asked.messages()) {
            messages.add(messages.size() % 2 == 0 ? Message.user(said) : Message.assistant(said));
        }
        return new Conversation(Objects.requireNonNullElse(asked.system(), ""), messages);
    }
}
