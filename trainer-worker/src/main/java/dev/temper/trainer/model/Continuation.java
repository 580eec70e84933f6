package dev.temper.trainer.model;

import dev.temper.contract.CodedException;
import dev.temper.model.DecoderConfig;
import dev.temper.model.Rope;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.model.DecoderLayer.Kept;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Scope;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Several sequences being written at once, with the keys and values of all they have so far. {@link #start} reads the
 * prompts; after that each {@link #next} adds one token to every sequence. Both give the logits of what may follow.
 */
public final class Continuation implements AutoCloseable {
    private record Sight(Rope rope, int window) {}

    private final Decoder decoder;
    private final Kernels kernels;
    private final int room;
    private final List<TokenCache> caches = new ArrayList<>();
    private final int[] lengths;

    /**
     * @param sequences how many
     * @param room tokens each may have in all, prompt and continuation
     */
    Continuation(Decoder decoder, int sequences, int room) {
        this.decoder = decoder;
        this.room = room;
        kernels = decoder.kernels();
        lengths = new int[sequences];
        DecoderConfig config = decoder.config();
        for (int i = 0; i < config.layers(); i++) {
            caches.add(TokenCache.of(kernels, config, decoder.precision(), sequences, room));
        }
    }

    /**
     * Reads the prompts, one per sequence, none empty.
     *
     * @return the logits of each prompt's last token, [sequences, vocabulary], in fp32; the caller's to close
     */
    public Tensor start(List<int[]> prompts) {
        int[] starts = new int[prompts.size() + 1];
        for (int i = 0; i < prompts.size(); i++) {
            starts[i + 1] = starts[i] + prompts.get(i).length;
            lengths[i] = prompts.get(i).length;
            requireRoom(lengths[i]);
        }
        int[] tokens = prompts.stream().flatMapToInt(Arrays::stream).toArray();
        int[] labels = new int[tokens.length];
        Arrays.fill(labels, PackedBatch.IGNORED);
        long[] borders = Arrays.stream(starts).asLongStream().toArray();
        try (BatchTensors batch = decoder.prepare(new PackedBatch(tokens, labels, starts))) {
            Tensor x = decoder.embed(batch.tokens());
            for (int i = 0; i < caches.size(); i++) {
                try (Tensor input = x) {
                    Kept kept = decoder.runLayer(i, input, batch);
                    kernels.run("remember", kept.saved(), caches.get(i).whole(), borders);
                    kept.saved().close();
                    x = kept.output();
                }
            }
            int[] last = Arrays.stream(starts).skip(1).map(end -> end - 1).toArray();
            try (Tensor hidden = x;
                    Tensor rows = kernels.integers(last);
                    Tensor ends = kernels.tensor("pick", hidden, rows)) {
                return logits(ends);
            }
        }
    }

    /**
     * Adds one token to each sequence.
     *
     * @return the logits of what may follow, [sequences, vocabulary], in fp32; the caller's to close
     */
    public Tensor next(int[] tokens) {
        int longest = Arrays.stream(lengths).max().orElse(0);
        requireRoom(longest + 1);
        boolean level = Arrays.stream(lengths).allMatch(length -> length == longest);
        Map<Sight, Value> outlooks = new HashMap<>();
        try (Scope step = new Scope();
                Tensor ids = kernels.integers(tokens);
                Tensor places = kernels.integers(lengths)) {
            Tensor x = decoder.embed(ids);
            for (int i = 0; i < caches.size(); i++) {
                Sight sight =
                        new Sight(decoder.config().rope(i), decoder.config().window(i));
                Value outlook = outlooks.computeIfAbsent(sight, seen -> {
                    RopeTables.Table table = decoder.angles(seen.rope(), longest + 1);
                    return step.own(
                            kernels.value("outlook", table.cos(), table.sin(), places, longest, seen.window(), level));
                });
                try (Tensor input = x) {
                    x = decoder.stepLayer(i, input, outlook, caches.get(i));
                }
            }
            for (int i = 0; i < lengths.length; i++) {
                lengths[i]++;
            }
            try (Tensor hidden = x) {
                return logits(hidden);
            }
        }
    }

    /** Tokens a sequence has so far. */
    public int length(int sequence) {
        return lengths[sequence];
    }

    private Tensor logits(Tensor hidden) {
        return decoder.head().nextLogits(hidden);
    }

    private void requireRoom(int length) {
        if (length > room) {
            throw CodedException.user(
                    "sequence_too_long",
                    "A sequence would have " + length + " tokens, and there is room for " + room + ".",
                    "Shorten the prompt, or generate fewer tokens.");
        }
    }

    @Override
    public void close() {
        caches.forEach(TokenCache::close);
    }
}
