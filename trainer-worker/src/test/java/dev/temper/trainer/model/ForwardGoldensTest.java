package dev.temper.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.temper.model.Goldens;
import dev.temper.model.weights.HuggingFaceFolder;
import dev.temper.model.weights.SafetensorsFile;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.TestKernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logits, hidden states and losses of every model among the fixtures, as transformers computes them. */
class ForwardGoldensTest {
    private static final float LOGITS = 2e-5f;
    private static final double LOSS = 3e-5;

    private final Kernels kernels = TestKernels.cpu();

    static Stream<String> models() throws IOException {
        try (Stream<Path> files = Files.list(Goldens.path("forward"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".safetensors"))
                    .map(name -> name.replace(".safetensors", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void computesWhatTransformersDoes(String model) {
        try (HuggingFaceFolder folder = HuggingFaceFolder.open(Goldens.path("models/" + model));
                SafetensorsFile expected = SafetensorsFile.open(Goldens.path("forward/" + model + ".safetensors"));
                Decoder decoder = Decoder.open(kernels, folder.config(), folder, DType.FLOAT32)) {
            shortSequence(decoder, expected);
            padded(decoder, expected, "padded");
            padded(decoder, expected, "left_padded");
            packed(decoder, expected);
            greedy(decoder, expected);
        }
    }

    private static void shortSequence(Decoder decoder, SafetensorsFile expected) {
        int[] ids = ints(expected, "short.input_ids");
        PackedBatch batch = PackedBatch.of(ids, unlabelled(ids.length));
        List<Tensor> states = decoder.hiddenStates(batch);
        for (int i = 0; i < states.size(); i++) {
            String name = "short.hidden_states." + i;
            try (Tensor state = states.get(i)) {
                close(name, state.toFloats(), expected.get(name).toFloats());
            }
        }
        try (Tensor logits = decoder.logits(batch)) {
            close(
                    "short.logits",
                    logits.toFloats(),
                    expected.get("short.logits").toFloats());
        }
    }

    /** Rows of a padded batch are sequences of a pack: there is no padding here. */
    private static void padded(Decoder decoder, SafetensorsFile expected, String which) {
        long[] shape = expected.get(which + ".input_ids").shape().toArray();
        int width = (int) shape[1];
        int[] ids = ints(expected, which + ".input_ids");
        int[] mask = ints(expected, which + ".attention_mask");
        boolean labelled = expected.find(which + ".labels").isPresent();
        int[] labels = labelled ? ints(expected, which + ".labels") : unlabelled(ids.length);
        int[] real = IntStream.range(0, ids.length).filter(i -> mask[i] == 1).toArray();
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = 1; i < real.length; i++) {
            if (real[i] / width != real[i - 1] / width) {
                starts.add(i);
            }
        }
        starts.add(real.length);
        PackedBatch batch = new PackedBatch(
                Arrays.stream(real).map(i -> ids[i]).toArray(),
                Arrays.stream(real).map(i -> labels[i]).toArray(),
                starts.stream().mapToInt(Integer::intValue).toArray());
        float[] all = expected.get(which + ".logits").toFloats();
        int vocabulary = decoder.config().vocabulary();
        float[] wanted = new float[real.length * vocabulary];
        for (int i = 0; i < real.length; i++) {
            System.arraycopy(all, real[i] * vocabulary, wanted, i * vocabulary, vocabulary);
        }
        try (Tensor logits = decoder.logits(batch)) {
            close(which + ".logits", logits.toFloats(), wanted);
        }
        if (labelled) {
            loss(decoder, batch, expected, which);
        }
    }

    private static void packed(Decoder decoder, SafetensorsFile expected) {
        int[] ids = ints(expected, "packed.input_ids");
        int[] positions = ints(expected, "packed.position_ids");
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] == 0) {
                starts.add(i);
            }
        }
        starts.add(ids.length);
        PackedBatch batch = new PackedBatch(
                ids,
                ints(expected, "packed.labels"),
                starts.stream().mapToInt(Integer::intValue).toArray());
        try (Tensor logits = decoder.logits(batch)) {
            close(
                    "packed.logits",
                    logits.toFloats(),
                    expected.get("packed.logits").toFloats());
        }
        loss(decoder, batch, expected, "packed");
    }

    /** One token at a time: the same text, and for each step the logits of the whole. */
    private static void greedy(Decoder decoder, SafetensorsFile expected) {
        int[] prompt = ints(expected, "short.input_ids");
        int[] whole = ints(expected, "short.greedy_ids");
        int vocabulary = decoder.config().vocabulary();
        int[] shorter = Arrays.copyOf(prompt, prompt.length - 3);
        float[] all;
        try (Tensor logits = decoder.logits(PackedBatch.of(whole, unlabelled(whole.length)))) {
            all = logits.toFloats();
        }
        try (Continuation writing = decoder.continuation(2, whole.length)) {
            Tensor logits = writing.start(List.of(shorter, prompt));
            for (int i = prompt.length; i < whole.length; i++) {
                float[] both = logits.toFloats();
                logits.close();
                float[] behind = Arrays.copyOf(both, vocabulary);
                float[] last = Arrays.copyOfRange(both, vocabulary, 2 * vocabulary);
                close("step " + i, last, Arrays.copyOfRange(all, (i - 1) * vocabulary, i * vocabulary));
                close("shorter " + i, behind, Arrays.copyOfRange(all, (i - 4) * vocabulary, (i - 3) * vocabulary));
                assertThat(likeliest(last)).as("greedy token " + i).isEqualTo(whole[i]);
                logits = writing.next(new int[] {whole[i - 3], whole[i]});
            }
            logits.close();
        }
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    private static void loss(Decoder decoder, PackedBatch batch, SafetensorsFile expected, String which) {
        Loss loss = decoder.evaluate(batch);
        assertThat(loss.sum() / loss.targets())
                .as(which + ".loss")
                .isCloseTo(expected.get(which + ".loss").toFloats()[0], within(LOSS));
    }

    private static int[] unlabelled(int length) {
        int[] labels = new int[length];
        Arrays.fill(labels, PackedBatch.IGNORED);
        return labels;
    }

    private static int[] ints(SafetensorsFile file, String name) {
        return GoldenTensors.integers(file.get(name));
    }

    private static void close(String name, float[] actual, float[] expected) {
        assertThat(actual.length).as(name).isEqualTo(expected.length);
        float worst = 0;
        for (int i = 0; i < actual.length; i++) {
            float gap = Math.abs(actual[i] - expected[i]);
            worst = Float.isNaN(gap) ? Float.NaN : Math.max(worst, gap);
        }
        assertThat(worst).as(name).isBetween(0f, LOGITS);
    }
}
