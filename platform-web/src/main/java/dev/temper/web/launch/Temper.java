package dev.temper.web.launch;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
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
        subcommands = {UpCommand.class, DemoCommand.class, AdminCommand.class, RehearseCommand.class})
public final class Temper implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs one command to its end and returns the exit code: 0 done, 1 failed, 2 asked for wrongly. */
    public static int run(String[] args) {
        var console = new Console(System.out, System.err);
        // Nothing but this console speaks until Spring has set up the log.
        LoggingSystem.get(Temper.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        return new CommandLine(new Temper())
                .setExecutionExceptionHandler((failure, _, _) -> {
                    console.refuse(StartFailures.line(failure));
                    return 1;
                })
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: up, demo or admin.");
    }
}
