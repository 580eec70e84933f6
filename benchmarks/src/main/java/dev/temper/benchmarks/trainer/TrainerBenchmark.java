package dev.temper.benchmarks.trainer;

import dev.temper.benchmarks.Benchmark;
import dev.temper.benchmarks.Report;
import dev.temper.model.weights.GgufModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Training speed, memory and start-up on a real model, beside LLaMA-Factory when its Python is named. */
@Command(
        name = "trainer",
        description = {
            "Trains a 135M model by every method, in turns with LLaMA-Factory where --peer names a Python that has it.",
            "Cases are method/precision/who, such as lora/fp32/temper or full/bf16/peer-best, or"
                    + " generation/precision; a case takes one to three minutes. What was measured is kept in the folder, so that cases can be run one by one."
        })
public final class TrainerBenchmark implements Benchmark {
    private static final String GENERATION = "generation/";

    @Option(names = "--model", description = "The GGUF file (default: ${DEFAULT-VALUE}).")
    private Path model = Path.of("../shared/models/SmolLM2-135M-Instruct.Q4_1.gguf");

    @Option(names = "--data", description = "Rows in alpaca form (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("../shared/data/alpaca_en_demo.json");

    @Option(names = "--folder", description = "Where to work and keep what was measured (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("target/bench-trainer");

    @Option(names = "--case", description = "A case to measure; several may be named. Without: all.", split = ",")
    private List<String> cases = new ArrayList<>();

    @Option(names = "--table", description = "Measure nothing, print what was kept.")
    private boolean table;

    @Option(names = "--steps", description = "Steps a case, two of them warm-up (default: ${DEFAULT-VALUE}).")
    private int steps = 12;

    @Option(names = "--peer", paramLabel = "PYTHON", description = "A Python with llamafactory.")
    private @Nullable Path python;

    @Option(names = "--peer-scripts", description = "The scripts that drive it (default: ${DEFAULT-VALUE}).")
    private Path scripts = Path.of("../shared/peers");

    @Override
    public Report call() throws IOException, InterruptedException {
        if (!Files.exists(model) || !Files.exists(data)) {
            throw new IOException("There is no " + (Files.exists(model) ? data : model) + "; name it by an option.");
        }
        MeasuredFile kept = new MeasuredFile(folder.resolve("measured.jsonl"));
        if (!table) {
            Bed bed = Bed.make(folder, model, data);
            for (Case wanted : wanted()) {
                keep(kept, measure(bed, wanted));
            }
            for (String precision : generations()) {
                keep(kept, OwnCase.generate(bed, precision));
                if (python != null) {
                    keep(kept, new Peer(python, scripts, bed).generate(precision));
                }
            }
        }
        return report(kept.all());
    }

    private static void keep(MeasuredFile kept, Measured measured) throws IOException {
        kept.add(measured);
        System.err.printf(
                "  %-36s %8.1f tokens/s, %d of %d undisturbed%n",
                measured.what(), measured.tokensPerSecond(), measured.cleanSteps(), measured.steps());
    }

    /** Precisions to generate in; {@code generation/fp32} among the cases names one. */
    private List<String> generations() {
        if (cases.isEmpty()) {
            return List.of("fp32", "bf16");
        }
        return cases.stream()
                .filter(named -> named.startsWith(GENERATION))
                .map(named -> named.substring(GENERATION.length()))
                .toList();
    }

    private List<Case> wanted() {
        if (!cases.isEmpty()) {
            return cases.stream()
                    .filter(named -> !named.startsWith(GENERATION))
                    .map(Case::parse)
                    .toList();
        }
        List<Case> all = new ArrayList<>();
        for (Method method : Method.values()) {
            for (String precision : List.of("fp32", "bf16")) {
                all.add(new Case(method, precision, Who.TEMPER));
                all.add(new Case(method, precision, Who.TEMPER_PACKED));
                if (python != null && precision.equals("fp32")) {
                    all.add(new Case(method, precision, Who.PEER_DEFAULT));
                }
                if (python != null) {
                    all.add(new Case(method, precision, Who.PEER_BEST));
                }
            }
        }
        return all;
    }

    private Measured measure(Bed bed, Case wanted) throws IOException, InterruptedException {
        if (!wanted.who().isPeer()) {
            return OwnCase.measure(bed, wanted, steps);
        }
        if (python == null) {
            throw new IOException("The case " + wanted + " needs --peer.");
        }
        return new Peer(python, scripts, bed).train(wanted, steps);
    }

    private Report report(Map<String, Measured> kept) {
        Report.Builder report = Report.of("trainer")
                .under("model", model.getFileName().toString())
                .under("rows", "the first 200 of " + data.getFileName())
                .under("steps", steps);
        Shares shares;
        try (GgufModel opened = GgufModel.open(model)) {
            shares = new Shares(opened.config());
        }
        for (Method method : Method.values()) {
            for (String precision : List.of("fp32", "bf16")) {
                for (Who who : Who.values()) {
                    Measured one = kept.get(new Case(method, precision, who).toString());
                    if (one == null) {
                        continue;
                    }
                    report.figure(one.what(), one.tokensPerSecond(), "tokens/s");
                    report.figure(one.what() + ", memory", one.peakMebibytes(), "MiB");
                    report.figure(one.what() + ", start-up", one.startup(), "s");
                    report.figure(one.what() + ", last loss", last(one.losses()), "");
                    if (who == Who.TEMPER) {
                        shares.add(report, method, precision, one);
                    }
                    Measured own = kept.get(new Case(method, precision, who.counterpart()).toString());
                    if (who.isPeer() && own != null) {
                        report.figure(
                                "%s %s: temper over %s".formatted(method, precision, who),
                                own.tokensPerSecond() / one.tokensPerSecond(),
                                "×");
                        report.figure(
                                "%s %s: memory of temper over %s".formatted(method, precision, who),
                                own.peakMebibytes() / one.peakMebibytes(),
                                "×");
                    }
                }
            }
        }
        for (String precision : List.of("fp32", "bf16")) {
            Measured own = kept.get("generation " + precision + ", temper");
            Measured peer = kept.get("generation " + precision + ", peer");
            if (own != null) {
                report.figure(own.what(), own.tokensPerSecond(), "tokens/s");
            }
            if (peer != null) {
                report.figure(peer.what(), peer.tokensPerSecond(), "tokens/s");
            }
            if (own != null && peer != null) {
                double ratio = own.tokensPerSecond() / peer.tokensPerSecond();
                report.figure("generation " + precision + ": temper over peer", ratio, "×");
            }
        }
        return report.build();
    }

    private static double last(List<Double> losses) {
        return losses.isEmpty() ? Double.NaN : losses.getLast();
    }
}
