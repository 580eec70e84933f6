package dev.temper.web.launch;

import dev.temper.platform.common.Caller;
import dev.temper.platform.tenant.HandedPassword;
import dev.temper.platform.tenant.Profile;
import dev.temper.platform.tenant.Users;
import java.util.function.Function;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The way back in for somebody who can't sign in any more. */
@Command(name = "user", description = "Make a platform admin, or a new password.", mixinStandardHelpOptions = true)
final class UserCommand extends CommandGroup {

    @Command(
            name = "create-admin",
            description = "Make a platform admin and print a password, to be changed at the first sign-in.",
            mixinStandardHelpOptions = true)
    int createAdmin(
            @Mixin StartOptions start,
            @Parameters(paramLabel = "EMAIL") String email,
            @Parameters(paramLabel = "NAME", description = "What pages call them.") String name) {
        return hand(start, users -> users.createPlatformAdmin(email, name));
    }

    @Command(
            name = "reset-password",
            description = "Print a new password, to be changed at the first sign-in; sessions and second step end.",
            mixinStandardHelpOptions = true)
    int resetPassword(@Mixin StartOptions start, @Parameters(paramLabel = "EMAIL") String email) {
        return hand(start, users -> {
            Profile person = users.byEmail(email)
                    .orElseThrow(() -> new StartRefused("Nobody has the address %s.".formatted(email)));
            return users.resetPassword(person.id());
        });
    }

    private static int hand(StartOptions start, Function<Users, HandedPassword> work) {
        try (ConfigurableApplicationContext context = AdminContext.open(start)) {
            Users users = context.getBean(Users.class);
            HandedPassword handed = Caller.system("admin command").call(() -> work.apply(users));
            new Console(System.out, System.err)
                    .say("%s  %s".formatted(handed.user().email(), handed.password()));
            return 0;
        }
    }
}
