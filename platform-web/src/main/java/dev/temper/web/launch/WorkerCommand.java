package dev.temper.web.launch;

import dev.temper.platform.common.Caller;
import dev.temper.platform.workerlink.EnrolmentTokens;
import java.time.Duration;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How machines are let in. */
@Command(name = "worker", description = "Let a machine in as a worker.", mixinStandardHelpOptions = true)
final class WorkerCommand extends CommandGroup {
    @Command(
            name = "token",
            description = "Print a one-time token for \"./temper worker --token\".",
            mixinStandardHelpOptions = true)
    int token(
            @Mixin StartOptions start,
            @Option(
                            names = "--life",
                            paramLabel = "HOURS",
                            defaultValue = "24",
                            description = "For how long it is good (${DEFAULT-VALUE}).")
                    int life) {
        try (ConfigurableApplicationContext context = AdminContext.open(start)) {
            EnrolmentTokens tokens = context.getBean(EnrolmentTokens.class);
            String secret = Caller.system("admin command")
                    .call(() -> tokens.issue(Duration.ofHours(life)).secret());
            new Console(System.out, System.err).say(secret);
            return 0;
        }
    }
}
