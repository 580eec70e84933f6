package dev.temper.web.launch;

import picocli.CommandLine.Command;

/** What an operator does at the machine, not in the pages. */
@Command(
        name = "admin",
        description = "Look after a platform: one that runs, or one that is stopped.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ConfigCommand.class,
            AuditCommand.class,
            UserCommand.class,
            TenantCommand.class,
            WorkerCommand.class
        })
final class AdminCommand extends CommandGroup {}
