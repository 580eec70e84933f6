package dev.temper.trainer.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Trains, merges, converts and asks models, with nothing but files. */
@Command(
        name = "temper",
        mixinStandardHelpOptions = true,
        description = "Trains language models from a file that says everything.",
        subcommands = {
            TrainCommand.class,
            GenerateCommand.class,
            MergeCommand.class,
            ConvertCommand.class,
            WorkerCommand.class
        })
public final class Main {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where a failure comes from.")
    private boolean debug;

    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        System.exit(run(arguments));
    }

    /** Runs one command and returns what the process is to return. */
    static int run(String... arguments) {
        Main main = new Main();
        return new CommandLine(main)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, _, _) -> Failures.tell(e, main.debug, System.err))
                .execute(arguments);
    }
}
