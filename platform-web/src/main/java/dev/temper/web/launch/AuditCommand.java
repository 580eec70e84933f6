package dev.temper.web.launch;

import dev.temper.platform.audit.AuditVerification;
import dev.temper.platform.audit.ChainVerdict;
import dev.temper.platform.audit.ChainVerdict.Broken;
import dev.temper.platform.audit.ChainVerdict.Intact;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks the audit log from outside of the pages. */
@Command(name = "audit", description = "Look after the audit log.", mixinStandardHelpOptions = true)
final class AuditCommand extends CommandGroup {

    @Command(
            name = "verify",
            description =
                    "Check every chain of the audit log; exits 1 and names the first bad row if one was tampered with.",
            mixinStandardHelpOptions = true)
    int verify(@Mixin StartOptions start) {
        var console = new Console(System.out, System.err);
        try (ConfigurableApplicationContext context = AdminContext.open(start)) {
            List<ChainVerdict> verdicts =
                    context.getBean(AuditVerification.class).verifyAll(verdict -> console.say(line(verdict)));
            return verdicts.stream().allMatch(Intact.class::isInstance) ? 0 : 1;
        }
    }

    private static String line(ChainVerdict verdict) {
        return switch (verdict) {
            case Intact intact -> "%s  intact, %d rows".formatted(chain(intact.tenantId()), intact.length());
            case Broken broken -> "%s  BROKEN: %s".formatted(chain(broken.tenantId()), broken.sentence());
        };
    }

    private static String chain(@Nullable UUID tenant) {
        return tenant == null ? "platform                            " : tenant.toString();
    }
}
