package dev.temper.platform.tenant;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Problem;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a person does with their own account. */
@Service
@Transactional
public class Profiles {
    private final UserRepository users;
    private final Passwords passwords;
    private final Secrets secrets;
    private final SecondStep secondStep;
    private final RecoveryCodes recovery;
    private final LoginFailures failures;
    private final Audit audit;
    private final Clock clock;

    Profiles(
            UserRepository users,
            Passwords passwords,
            Secrets secrets,
            SecondStep secondStep,
            RecoveryCodes recovery,
            LoginFailures failures,
            Audit audit,
            Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.secrets = secrets;
        this.secondStep = secondStep;
        this.recovery = recovery;
        this.failures = failures;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Profile mine() {
        return find(Caller.current().requirePerson()).profile();
    }

    public Profile update(ProfileChange change, IfMatch version) {
        User me = me();
        version.check(me.version());
        Profile before = me.profile();
        me.present(
                Input.name("/displayName", change.displayName()),
                Input.locale("/locale", change.locale()),
                change.theme(),
                Input.timeZone("/timeZone", change.timeZone()));
        return save(me, AuditAction.USER_CHANGED, before);
    }

    /** Wrong guesses count as failed sign-ins: an open browser is no place to find out a password. */
    @Transactional(noRollbackFor = Problem.class)
    public Profile changePassword(String present, String chosen) {
        User me = me();
        checkPassword("/currentPassword", me, present);
        Profile before = me.profile();
        String hash = passwords.accept("/newPassword", chosen, me.email());
        if (chosen.equals(present)) {
            throw ErrorCode.PASSWORD_UNCHANGED.at("/newPassword");
        }
        me.choosePassword(hash, clock.instant());
        return save(me, AuditAction.PASSWORD_CHANGED, before);
    }

    /** Offers a secret for an authenticator app; nothing is asked of anybody until a code confirms it. */
    public TotpOffer offerTotp() {
        User me = me();
        if (me.totpSecret() != null) {
            throw ErrorCode.TOTP_ALREADY_ON.problem();
        }
        TotpOffer offer = Totp.offer(me.email());
        me.offerTotp(secrets.encrypt(me.id(), offer.secret()));
        users.saveAndFlush(me);
        return offer;
    }

    /** Switches the second step on, with a code that shows the app is set up; answers the recovery codes, once. */
    public List<String> confirmTotp(String code) {
        User me = me();
        byte[] pending = me.totpPending();
        if (pending == null) {
            throw ErrorCode.TOTP_NOT_OFFERED.problem();
        }
        Profile before = me.profile();
        long step = Totp.accept(secrets.decrypt(me.id(), pending), code, clock.instant(), 0)
                .orElseThrow(() -> ErrorCode.SECOND_STEP_WRONG.at("/code"));
        me.confirmTotp(step);
        List<String> codes = recovery.renew(me.id());
        save(me, AuditAction.TOTP_ENABLED, before);
        return codes;
    }

    /** Switches the second step off, with a code or a recovery code; wrong ones count as failed sign-ins. */
    @Transactional(noRollbackFor = Problem.class)
    public Profile disableTotp(String code) {
        User me = me();
        if (me.totpSecret() == null) {
            throw ErrorCode.TOTP_OFF.problem();
        }
        Profile before = me.profile();
        prove(me, () -> secondStep.accept(me, code), ErrorCode.SECOND_STEP_WRONG.at("/code"));
        me.dropTotp();
        recovery.drop(me.id());
        return save(me, AuditAction.TOTP_DISABLED, before);
    }

    private void checkPassword(String field, User me, String password) {
        String hash = me.passwordHash();
        if (hash == null) {
            throw ErrorCode.PASSWORD_NOT_SET.problem();
        }
        prove(me, () -> passwords.matches(password, hash), ErrorCode.PASSWORD_WRONG.at(field));
    }

    private void prove(User me, BooleanSupplier proof, Problem wrong) {
        String address = Objects.requireNonNullElse(Caller.current().actor().address(), "");
        failures.blockedUntil(me.email(), address).ifPresent(until -> {
            throw ErrorCode.SIGN_IN_LOCKED.with("until", until);
        });
        if (!proof.getAsBoolean()) {
            failures.add(me.email(), address);
            throw wrong;
        }
    }

    private Profile save(User me, AuditAction action, Profile before) {
        Profile after = users.saveAndFlush(me).profile();
        audit.record(action, AuditTarget.of("user", after.id(), after.email()), before, after);
        return after;
    }

    private User me() {
        return find(Caller.current().requireSelf());
    }

    private User find(UUID id) {
        return users.findById(id).orElseThrow(ErrorCode.SIGN_IN_REQUIRED::problem);
    }
}
