package dev.temper.trainer.app;

import dev.temper.contract.RunSpec;
import dev.temper.trainer.run.Control;
import dev.temper.trainer.run.DryRun;
import dev.temper.trainer.run.Run;
import java.io.Console;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains what a run spec (JSON) or a LLaMA-Factory YAML says.")
final class TrainCommand implements Callable<Integer> {
    /** What a shell returns for a process that SIGTERM ended. */
    private static final int TERMINATED = 143;

    @Parameters(paramLabel = "SPEC", description = "The file that says everything.")
    private Path spec = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", description = "Where the results go; else where the spec says.")
    private @Nullable Path out;

    @Option(names = "--resume", description = "Go on from the newest whole checkpoint in the output folder.")
    private boolean resume;

    @Option(names = "--dry-run", description = "Say what would be done, with its memory and time, and do nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        SpecFile file = SpecFile.read(spec);
        RunSpec asked = file.spec();
        Path output = out != null
                ? out
                : Path.of(Objects.requireNonNullElse(asked.output().directory(), "output"));
        Progress progress = new Progress(System.out, isTerminal());
        file.warnings().forEach(warning -> progress.line("warning: " + warning));
        if (dryRun) {
            new DryRun(asked, output).report().forEach(progress::line);
            return 0;
        }
        Control control = new Control(output);
        control.listen();
        try {
            return switch (new Run(asked, output, resume || file.resume(), control, progress).execute()) {
                case Run.Outcome.Trained trained -> {
                    progress.line("Done: train loss %.4f, %,.0f tokens/s, peak memory %,d MiB. Results are in %s"
                            .formatted(
                                    trained.trainLoss(),
                                    trained.tokensPerSecond(),
                                    trained.peakMemory() >> 20,
                                    output));
                    yield 0;
                }
                case Run.Outcome.Interrupted(int step) -> {
                    progress.line("Stopped after step " + step + "; --resume goes on from there.");
                    yield TERMINATED;
                }
            };
        } finally {
            progress.end();
            control.done();
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
