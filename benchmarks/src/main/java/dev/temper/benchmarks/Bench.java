package dev.temper.benchmarks;

import dev.temper.benchmarks.Report.Figure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Runs one benchmark by its name, prints a table and, when asked, writes one JSON document. */
@Command(
        name = "temper bench",
        description = "Measure. Nothing else should run on the machine meanwhile.",
        synopsisSubcommandLabel = "NAME",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the figures there too.",
            scope = ScopeType.INHERIT)
    private @Nullable Path json;

    private Bench() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        var bench = new Bench();
        var line = new CommandLine(bench);
        ServiceLoader.load(Benchmark.class).forEach(benchmark -> line.addSubcommand(new CommandLine(benchmark)));
        int code = line.execute(args);
        if (code == 0
                && line.getParseResult().hasSubcommand()
                && line.getParseResult()
                                .subcommand()
                                .commandSpec()
                                .commandLine()
                                .getExecutionResult()
                        instanceof Report report) {
            bench.publish(report, line.getOut());
        }
        return code;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return 2;
    }

    private void publish(Report report, PrintWriter out) {
        int width = report.figures().stream()
                .mapToInt(figure -> figure.of().length())
                .max()
                .orElse(0);
        out.println(report.benchmark() + "  " + report.circumstances());
        for (Figure figure : report.figures()) {
            out.println(("  %-" + Math.max(1, width) + "s  %,14.3f %s")
                    .formatted(figure.of(), figure.value(), figure.unit()));
        }
        out.flush();
        if (json != null) {
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValue(json, report);
        }
    }
}
