package dev.temper.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.Defaults;
import dev.temper.contract.MethodSpec;
import dev.temper.model.DecoderFamily;
import dev.temper.model.weights.HuggingFaceFolder;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.method.Methods;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import dev.temper.trainer.tensor.TestKernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Token by token, alone and together, packed or not, a decoder finds what it finds over the whole text at once. */
class ContinuationTest {
    private static final int STEPS = 9;

    private final Kernels kernels = TestKernels.cpu();
    private final int[][] texts = texts();

    /** Of several lengths, two of them equal; longer than the windows of the tiny models. */
    private static int[][] texts() {
        Random random = new Random(3);
        return IntStream.of(4, 7, 4)
                .mapToObj(prompt ->
                        random.ints(prompt + STEPS, 0, TinyModel.VOCABULARY).toArray())
                .toArray(int[][]::new);
    }

    @ParameterizedTest
    @EnumSource(DecoderFamily.class)
    void stepsAgreeWithTheWhole(DecoderFamily family, @TempDir Path folder) throws IOException {
        try (HuggingFaceFolder model = TinyModel.write(folder, family, 1);
                Decoder plain = Decoder.open(kernels, model.config(), model, DType.FLOAT32);
                Decoder packed = Decoder.openToAnswer(kernels, model.config(), model, DType.FLOAT32);
                Decoder coarse = Decoder.openToAnswer(kernels, model.config(), model, DType.BFLOAT16)) {
            for (int[][] some : List.of(texts, new int[][] {texts[1]}, new int[][] {texts[0], texts[2]})) {
                List<float[]> whole =
                        Arrays.stream(some).map(text -> whole(plain, text)).toList();
                for (Decoder decoder : List.of(plain, packed)) {
                    assertThat(distance(stepwise(decoder, some), whole)).isLessThan(1e-5);
                }
                assertThat(distance(stepwise(coarse, some), whole)).isLessThan(0.03);
            }
        }
    }

    /** What cannot be trained says so before anything is computed. */
    @Test
    void whatOnlyAnswersCannotLearn(@TempDir Path folder) throws IOException {
        try (HuggingFaceFolder model = TinyModel.write(folder, DecoderFamily.LLAMA, 1);
                Decoder packed = Decoder.openToAnswer(kernels, model.config(), model, DType.FLOAT32)) {
            for (MethodSpec method : List.of(new MethodSpec.Full(), Defaults.lora())) {
                assertThatThrownBy(() -> Methods.attach(packed, method, 1)).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    private float[] whole(Decoder decoder, int[] text) {
        try (Tensor logits = decoder.logits(PackedBatch.of(text, new int[text.length]))) {
            float[] all = logits.toFloats();
            return Arrays.copyOfRange(all, (text.length - STEPS - 1) * TinyModel.VOCABULARY, all.length);
        }
    }

    /** The logits of every text's last prompt token and of each step's, in one row. */
    private static List<float[]> stepwise(Decoder decoder, int[][] texts) {
        List<int[]> prompts = Arrays.stream(texts)
                .map(text -> Arrays.copyOf(text, text.length - STEPS))
                .toList();
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            rows.add(new float[(STEPS + 1) * TinyModel.VOCABULARY]);
        }
        try (Continuation writing = decoder.continuation(texts.length, 20)) {
            put(writing.start(prompts), 0, rows);
            for (int step = 1; step <= STEPS; step++) {
                int back = STEPS - step + 1;
                put(
                        writing.next(Arrays.stream(texts)
                                .mapToInt(text -> text[text.length - back])
                                .toArray()),
                        step,
                        rows);
            }
        }
        return rows;
    }

    private static void put(Tensor logits, int step, List<float[]> rows) {
        try (logits) {
            float[] all = logits.toFloats();
            for (int i = 0; i < rows.size(); i++) {
                System.arraycopy(
                        all, i * TinyModel.VOCABULARY, rows.get(i), step * TinyModel.VOCABULARY, TinyModel.VOCABULARY);
            }
        }
    }

    /** How far off the numbers are altogether, as a share of what they are. */
    private static double distance(List<float[]> actual, List<float[]> expected) {
        double off = 0;
        double all = 0;
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).hasSameSizeAs(expected.get(i));
            for (int j = 0; j < expected.get(i).length; j++) {
                off += Math.pow(actual.get(i)[j] - expected.get(i)[j], 2);
                all += Math.pow(expected.get(i)[j], 2);
            }
        }
        return Math.sqrt(off / all);
    }
}
