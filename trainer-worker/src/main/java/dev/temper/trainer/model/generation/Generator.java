package dev.temper.trainer.model.generation;

import dev.temper.contract.CodedException;
import dev.temper.model.DecoderConfig;
import dev.temper.model.Rope;
import dev.temper.text.tokenizer.Tokenizer;
import dev.temper.trainer.model.Continuation;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Continues texts with a model as it is now, adapters and trained weights included. For one thread. */
public final class Generator {
    private final Decoder decoder;
    private final Tokenizer tokenizer;

    public Generator(Decoder decoder, Tokenizer tokenizer) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
    }

    /**
     * Continues several prompts together.
     *
     * @param prompts ids, none empty
     * @param listener hears each text while it grows; where it says no, that text ends
     * @return the continuations, in the order of the prompts
     */
    public List<GeneratedText> generate(List<int[]> prompts, GenerationSettings settings, TextListener listener) {
        if (prompts.isEmpty()) {
            return List.of();
        }
        List<GrowingText> texts = new ArrayList<>();
        List<Sampler> samplers = new ArrayList<>();
        int longest = 0;
        for (int[] prompt : prompts) {
            refuseIfUnusable(prompt);
            samplers.add(new Sampler(settings, texts.size(), prompt));
            texts.add(new GrowingText(settings, tokenizer));
            longest = Math.max(longest, prompt.length);
        }
        int room = Math.addExact(longest, settings.maxNewTokens());
        refuseIfTooLong(room);
        try (Continuation writing = decoder.continuation(prompts.size(), room)) {
            float[][] logits = read(writing.start(prompts), prompts.size());
            int[] tokens = new int[prompts.size()];
            while (true) {
                boolean growing = false;
                for (int i = 0; i < tokens.length; i++) {
                    if (!texts.get(i).isFinished()) {
                        tokens[i] = grow(i, texts.get(i), samplers.get(i), logits[i], listener);
                        growing |= !texts.get(i).isFinished();
                    }
                }
                if (!growing) {
                    return texts.stream().map(GrowingText::result).toList();
                }
                logits = read(writing.next(tokens), prompts.size());
            }
        }
    }

    private static float[][] read(Tensor logits, int sequences) {
        try (logits) {
            float[] all = logits.toFloats();
            int vocabulary = all.length / sequences;
            float[][] rows = new float[sequences][];
            for (int i = 0; i < sequences; i++) {
                rows[i] = sequences == 1 ? all : Arrays.copyOfRange(all, i * vocabulary, (i + 1) * vocabulary);
            }
            return rows;
        }
    }

    /** Angles that stretch with the length of a text would have to be computed again for all keys at hand. */
    private void refuseIfTooLong(int room) {
        DecoderConfig config = decoder.config();
        boolean dynamic = config.rope().scaling() == Rope.Scaling.DYNAMIC;
        int context = dynamic ? config.rope().originalPositions() : config.maxPositions();
        if (room > context) {
            throw CodedException.user(
                            "context_exceeded",
                            "%d tokens were asked for, prompt and continuation together, and the model's context is %d."
                                    .formatted(room, context),
                            "Shorten the prompt or ask for fewer new tokens.")
                    .with("context", context);
        }
    }

    private static int grow(int index, GrowingText text, Sampler sampler, float[] logits, TextListener listener) {
        int token = sampler.next(logits);
        String piece = text.next(token);
        if (!piece.isEmpty() && !listener.grown(index, piece) && !text.isFinished()) {
            text.finish(GeneratedText.End.CANCELLED);
        }
        return token;
    }

    private void refuseIfUnusable(int[] prompt) {
        if (prompt.length == 0) {
            throw CodedException.user("prompt_empty", "A prompt has no tokens.", "Give a text to continue.");
        }
        int vocabulary = decoder.config().vocabulary();
        for (int id : prompt) {
            if (id < 0 || id >= vocabulary) {
                throw CodedException.user(
                                "token_out_of_vocabulary",
                                "The prompt has the token %d, and the model knows %d.".formatted(id, vocabulary),
                                "Use the tokenizer that belongs to the model.")
                        .with("token", id);
            }
        }
    }
}
