package dev.temper.web.launch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an operator does at the machine, not in the pages. */
@Command(
        name = "admin",
        description = "Look after a platform.",
        mixinStandardHelpOptions = true,
        subcommands = {ConfigCommand.class})
final class AdminCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to look after.");
    }
}
