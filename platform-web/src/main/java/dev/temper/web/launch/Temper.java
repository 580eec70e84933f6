package dev.temper.web.launch;

import org.springframework.boot.SpringApplication;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands of the platform's program. */
@Command(
        name = "temper",
        description = "A multi-tenant platform for fine-tuning large language models.",
        mixinStandardHelpOptions = true,
        subcommands = {UpCommand.class})
public final class Temper implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs one command to its end and returns the exit code: 0 done, 1 failed, 2 asked for wrongly. */
    public static int run(String[] args) {
        var console = new Console(System.out, System.err);
        // Ours runs first and stops the embedded database last, after Spring's contexts are closed.
        SpringApplication.getShutdownHandlers();
        return new CommandLine(new Temper())
                .setExecutionExceptionHandler((failure, _, _) -> {
                    console.refuse(StartFailures.line(failure));
                    return 1;
                })
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: up or admin.");
    }
}
