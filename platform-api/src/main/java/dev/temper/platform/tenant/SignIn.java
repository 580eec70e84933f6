package dev.temper.platform.tenant;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Signing in by password and, where it is on, a second step; failures of both are counted together. */
@Service
@Transactional
public class SignIn {
    private final UserRepository users;
    private final Passwords passwords;
    private final SecondStep secondStep;
    private final LoginFailures failures;
    private final Audit audit;
    private final Clock clock;

    SignIn(
            UserRepository users,
            Passwords passwords,
            SecondStep secondStep,
            LoginFailures failures,
            Audit audit,
            Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.secondStep = secondStep;
        this.failures = failures;
        this.audit = audit;
        this.clock = clock;
    }

    public SignInOutcome password(String typedEmail, String password, String address) {
        String email = typedEmail.strip().toLowerCase(Locale.ROOT);
        Optional<User> user = users.byEmail(email).filter(found -> !found.disabled());
        return attempt(
                email,
                address,
                user,
                person -> {
                    String hash = person.passwordHash();
                    if (hash == null || !passwords.matches(password, hash)) {
                        return false;
                    }
                    if (passwords.outdated(hash)) {
                        person.rehash(passwords.hash(password));
                    }
                    return true;
                },
                () -> passwords.matchNobody(password));
    }

    /** The second step of somebody whose password was right. */
    public SignInOutcome code(SignedIn person, String code, String address) {
        Optional<User> user = users.findById(person.userId()).filter(found -> !found.disabled());
        SignInOutcome outcome =
                attempt(person.email(), address, user, found -> secondStep.accept(found, code), () -> {});
        return outcome instanceof SignInOutcome.Accepted accepted
                ? new SignInOutcome.Accepted(accepted.person(), false)
                : outcome;
    }

    /** Somebody an identity provider vouches for has come in. */
    public void singleSignOn(SignedIn person, String address) {
        users.findById(person.userId()).ifPresent(user -> welcome(user, address));
    }

    /** Somebody left by themselves. */
    public void out(SignedIn person, String address) {
        users.findById(person.userId()).ifPresent(user -> note(AuditAction.SIGNED_OUT, user, address));
    }

    private SignInOutcome attempt(
            String email, String address, Optional<User> user, Predicate<User> proof, Runnable pretence) {
        Optional<Instant> blocked = failures.blockedUntil(email, address);
        if (blocked.isPresent()) {
            return new SignInOutcome.Locked(blocked.get());
        }
        if (user.isEmpty()) {
            pretence.run();
        }
        if (user.filter(proof).isEmpty()) {
            failures.add(email, address);
            user.ifPresent(known -> note(AuditAction.SIGN_IN_FAILED, known, address));
            return failures.blockedUntil(email, address)
                    .<SignInOutcome>map(SignInOutcome.Locked::new)
                    .orElseGet(SignInOutcome.Wrong::new);
        }
        User known = user.get();
        boolean secondStepToCome = known.totpSecret() != null;
        failures.forgive(email);
        welcome(known, address);
        return new SignInOutcome.Accepted(new SignedIn(known.id(), known.email(), false), secondStepToCome);
    }

    private void welcome(User user, String address) {
        user.signedIn(clock.instant());
        users.saveAndFlush(user);
        note(AuditAction.SIGNED_IN, user, address);
    }

    /** The request has no caller yet: its actor is whoever the attempt is about. */
    private void note(AuditAction action, User user, String address) {
        UUID id = user.id();
        Actor actor = Actor.user(id, user.email(), address, null);
        new Caller(actor, id, Set.of())
                .run(() -> audit.record(action, AuditTarget.of("user", id, user.email()), null, null));
    }
}
