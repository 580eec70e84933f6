package dev.temper.platform.tenant;

import java.time.Clock;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/** Whether a code from the app, or a recovery code, is good for a person; either is good once. */
@Component
class SecondStep {
    private final Secrets secrets;
    private final RecoveryCodes recovery;
    private final Clock clock;

    SecondStep(Secrets secrets, RecoveryCodes recovery, Clock clock) {
        this.secrets = secrets;
        this.recovery = recovery;
        this.clock = clock;
    }

    boolean accept(User user, String code) {
        byte[] secret = user.totpSecret();
        if (secret == null) {
            return false;
        }
        OptionalLong step = Totp.accept(secrets.decrypt(user.id(), secret), code, clock.instant(), user.totpLastStep());
        step.ifPresent(user::spendTotp);
        return step.isPresent() || recovery.spend(user.id(), code);
    }
}
