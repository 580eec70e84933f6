package dev.temper.benchmarks.trainer;

import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.trainer.run.Control;
import dev.temper.trainer.run.Machine;
import dev.temper.trainer.run.Run;
import dev.temper.trainer.run.RunEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One training in this process, its steps timed and what others took meanwhile metered. */
final class OwnTraining {
    /** Above this share of the machine taken by others, a step says nothing. */
    static final double DISTURBED = 0.04;

    private static final int WARM_UP = 2;

    /**
     * A step.
     *
     * @param tokens real ones; there is no padding
     * @param others the share of the machine others took
     */
    record Step(double seconds, long tokens, double loss, double others) {}

    /** A whole run. */
    record Timings(
            double startup, List<Step> steps, long peakBytes, double sgemm, double bgemm, double supervisedShare) {
        Timings {
            steps = List.copyOf(steps);
        }

        Measured measured(Case wanted) {
            boolean whole = wanted.method() == Method.PARTIAL_CACHED;
            List<Step> counted = whole ? steps : steps.subList(Math.min(WARM_UP, steps.size() - 1), steps.size());
            List<Step> clean =
                    counted.stream().filter(step -> step.others() < DISTURBED).toList();
            // A run that counts as a whole cannot leave out steps; its disturbed ones only show in the count.
            List<Step> used = whole || clean.isEmpty() ? counted : clean;
            double seconds = used.stream().mapToDouble(Step::seconds).sum();
            long tokens = used.stream().mapToLong(Step::tokens).sum();
            return new Measured(
                    wanted.toString(),
                    tokens / seconds,
                    clean.size(),
                    counted.size(),
                    startup,
                    peakBytes / 1048576.0,
                    sgemm,
                    bgemm,
                    supervisedShare,
                    steps.stream().map(Step::loss).toList());
        }
    }

    private final List<Step> steps = new ArrayList<>();
    private Mark last = Mark.now();
    private double startup;
    private double secondsBefore;
    private long tokensBefore;

    private OwnTraining() {}

    public static void main(String[] args) throws IOException {
        RunSpec spec = RunSpecJson.read(Files.readString(Path.of(args[0])));
        Path out = Path.of(args[1]);
        OwnTraining training = new OwnTraining();
        new Run(spec, out, false, new Control(out), training::happened).execute();
        long peak = Machine.peakMemory();
        Timings timings = new Timings(
                training.startup,
                training.steps,
                peak,
                MatrixPeak.gigaflops(false),
                MatrixPeak.gigaflops(true),
                supervisedShare(out));
        Files.writeString(Path.of(args[2]), JsonMapper.shared().writeValueAsString(timings));
    }

    private static double supervisedShare(Path out) {
        JsonNode results =
                JsonMapper.shared().readTree(out.resolve("train_results.json").toFile());
        return results.path("supervised_tokens").doubleValue()
                / results.path("num_input_tokens_seen").doubleValue();
    }

    private void happened(RunEvent event) {
        if (!(event instanceof RunEvent.Stepped step)) {
            return;
        }
        Mark now = Mark.now();
        double seconds = step.seconds() - secondsBefore;
        if (steps.isEmpty()) {
            double sinceBirth = (System.currentTimeMillis()
                            - ManagementFactory.getRuntimeMXBean().getStartTime())
                    / 1e3;
            startup = sinceBirth - seconds;
        }
        steps.add(new Step(seconds, step.tokens() - tokensBefore, step.loss(), Mark.othersShare(last, now)));
        secondsBefore = step.seconds();
        tokensBefore = step.tokens();
        last = now;
    }
}
