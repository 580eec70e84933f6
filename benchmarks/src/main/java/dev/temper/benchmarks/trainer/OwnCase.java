package dev.temper.benchmarks.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** Runs this trainer in a JVM of its own, as {@code temper train} does. */
final class OwnCase {
    private static final int SAMPLES = 4;

    /** Samples that four rows of 512 tokens hold when LLaMA-Factory packs these rows: 200 samples in 71 rows. */
    private static final int PACKED_SAMPLES = 11;

    /** Room for those samples at once, as LLaMA-Factory takes its four rows; of itself Temper takes 640 tokens. */
    private static final int PACKED_TOKENS = 5 * 512;

    /** What {@code ./temper} gives the JVM that trains: the memory is to be the model's, not the collector's. */
    private static final List<String> FRUGAL =
            List.of("-XX:+UseSerialGC", "-Xms32m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=25");

    private OwnCase() {}

    static Measured measure(Bed bed, Case wanted, int steps) throws IOException, InterruptedException {
        Path folder = bed.work().resolve("own");
        FileSystemUtils.deleteRecursively(folder);
        Files.createDirectories(folder);
        Path spec = folder.resolve("spec.json");
        Path result = folder.resolve("result.json");
        Files.writeString(spec, spec(bed, wanted, steps));
        run(bed, "OwnTraining", List.of(spec.toString(), folder.resolve("out").toString(), result.toString()));
        return JsonMapper.shared()
                .readValue(result.toFile(), OwnTraining.Timings.class)
                .measured(wanted);
    }

    static Measured generate(Bed bed, String precision) throws IOException, InterruptedException {
        Path result = bed.work().resolve("generation.json");
        run(bed, "OwnGeneration", List.of(bed.model().toString(), precision, result.toString()));
        return JsonMapper.shared().readValue(result.toFile(), Measured.class);
    }

    /** Runs a main class of this package with this process's class path. */
    private static void run(Bed bed, String main, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true"));
        command.addAll(FRUGAL);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), OwnCase.class.getPackageName() + "." + main));
        command.addAll(arguments);
        Path log = bed.work().resolve(main + ".log");
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException(main + " ended with " + code + "; see " + log);
        }
    }

    private static String spec(Bed bed, Case wanted, int steps) {
        boolean cached = wanted.method() == Method.PARTIAL_CACHED;
        boolean packed = wanted.who() == Who.TEMPER_PACKED;
        int samples = packed ? PACKED_SAMPLES : SAMPLES;
        int tokens = packed ? PACKED_TOKENS : 0;
        // With the cache every epoch but the first is cheaper, so three small ones are run whole.
        String length = cached ? "\"numTrainEpochs\": 3, \"maxSteps\": 0" : "\"maxSteps\": " + steps;
        return """
                {
                  "name": "benchmark",
                  "model": {"path": "%s"},
                  "method": %s,
                  "data": {
                    "train": [{"path": "%s", "format": "alpaca", "maxSamples": %d}],
                    "template": "chatml", "cutoffLen": 512, "shuffle": false, "compatibility": "llama_factory"
                  },
                  "optimiser": {"learningRate": %s},
                  "schedule": {"type": "cosine", "warmupRatio": 0.1, %s},
                  "batch": {"perDeviceTrainBatchSize": %d, "gradientAccumulationSteps": 1, "tokensPerMicroBatch": %d},
                  "compute": {"precision": "%s"},
                  "checkpoints": {"interval": "no"},
                  "output": {"loggingSteps": 1, "plotLoss": false}
                }
                """.formatted(
                        bed.model(),
                        wanted.method().spec(),
                        bed.rows(),
                        cached ? SAMPLES * steps : 0,
                        wanted.method().learningRate(),
                        length,
                        samples,
                        tokens,
                        wanted.precision());
    }
}
