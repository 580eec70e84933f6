package dev.temper.platform.tenant;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Permission;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The accounts of the platform, as its admins and its own commands handle them. */
@Service
@Transactional
public class Users {
    private final UserRepository users;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Audit audit;
    private final Clock clock;

    Users(UserRepository users, Passwords passwords, Sessions sessions, Audit audit, Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
    }

    /** False only on a platform that was never started. */
    @Transactional(readOnly = true)
    public boolean exist() {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return users.count() > 0;
    }

    /** Makes an account with a random password that is handed over and must be changed at the first sign-in. */
    public HandedPassword create(String email, String displayName) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        User user = fresh(email, displayName, "en");
        return hand(user, AuditAction.USER_CREATED);
    }

    /** The same for one who manages the platform. */
    public HandedPassword createPlatformAdmin(String email, String displayName) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        User user = fresh(email, displayName, "en");
        user.makePlatformAdmin();
        return hand(user, AuditAction.USER_CREATED);
    }

    /** Gives somebody who has lost theirs a new password, ends their sessions and their second step. */
    public HandedPassword resetPassword(UUID id) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        User user = find(id);
        user.dropTotp();
        sessions.endAllOf(id);
        return hand(user, AuditAction.PASSWORD_RESET);
    }

    /** Keeps somebody out from the next request on. */
    public void disable(UUID id) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        User user = find(id);
        user.disable();
        sessions.endAllOf(id);
        save(user, AuditAction.USER_DISABLED);
    }

    public void enable(UUID id) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        User user = find(id);
        user.enable();
        save(user, AuditAction.USER_ENABLED);
    }

    @Transactional(readOnly = true)
    public Optional<Profile> byEmail(String email) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return users.byEmail(email.strip()).map(User::profile);
    }

    /** An account whose password its person chose themselves. */
    User register(String email, String displayName, String password, String locale) {
        User user = fresh(email, displayName, locale);
        user.choosePassword(passwords.accept("/password", password, user.email()), clock.instant());
        return save(user, AuditAction.USER_CREATED);
    }

    /** An account for somebody an identity provider vouches for. */
    User registerWithoutPassword(String email, String displayName) {
        return save(fresh(email, displayName, "en"), AuditAction.USER_CREATED);
    }

    private User fresh(String typedEmail, String displayName, String locale) {
        String email = Input.email("/email", typedEmail);
        if (users.byEmail(email).isPresent()) {
            throw ErrorCode.EMAIL_TAKEN.at("/email").with("email", email);
        }
        return new User(
                Ids.next(),
                email,
                Input.name("/displayName", displayName),
                Input.locale("/locale", locale),
                clock.instant());
    }

    private HandedPassword hand(User user, AuditAction action) {
        String password = passwords.make();
        user.handPassword(passwords.hash(password), clock.instant());
        return new HandedPassword(save(user, action).profile(), password);
    }

    private User save(User user, AuditAction action) {
        User saved = users.saveAndFlush(user);
        audit.record(action, AuditTarget.of("user", saved.id(), saved.email()), null, saved.profile());
        return saved;
    }

    private User find(UUID id) {
        return users.findById(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }
}
