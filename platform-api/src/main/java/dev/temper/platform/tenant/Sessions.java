package dev.temper.platform.tenant;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where a person is signed in, and ending it. */
@Service
public class Sessions {
    /** Attributes of a session, set when somebody signs in. */
    public static final String ADDRESS = "temper.address";

    public static final String BROWSER = "temper.browser";

    private final FindByIndexNameSessionRepository<? extends Session> sessions;
    private final Audit audit;

    Sessions(FindByIndexNameSessionRepository<? extends Session> sessions, Audit audit) {
        this.sessions = sessions;
        this.audit = audit;
    }

    /**
     * The caller's sessions, last seen first.
     *
     * @param current the id of the session that asks; null for a key
     */
    public List<SessionView> mine(@Nullable String current) {
        return of(Caller.current().requireSelf()).values().stream()
                .map(session -> view(session, current))
                .sorted(Comparator.comparing(SessionView::lastSeenAt).reversed())
                .toList();
    }

    /** Ends one of the caller's sessions; whoever uses it must sign in again with the next click. */
    @Transactional
    public void end(String id) {
        Session session = of(Caller.current().requireSelf()).values().stream()
                .filter(candidate -> handle(candidate).equals(id))
                .findFirst()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
        sessions.deleteById(session.getId());
        audit.record(AuditAction.SESSION_REVOKED, new AuditTarget("session", id, browser(session)), null, null);
    }

    /** Ends all of the caller's sessions but the one that asks. */
    @Transactional
    public void endOthers(@Nullable String current) {
        mine(current).stream().filter(session -> !session.current()).forEach(session -> end(session.id()));
    }

    void endAllOf(UUID user) {
        of(user).keySet().forEach(sessions::deleteById);
    }

    private Map<String, ? extends Session> of(UUID user) {
        return sessions.findByPrincipalName(user.toString());
    }

    private static SessionView view(Session session, @Nullable String current) {
        return new SessionView(
                handle(session),
                session.getAttribute(ADDRESS),
                session.getAttribute(BROWSER),
                session.getCreationTime(),
                session.getLastAccessedTime(),
                session.getId().equals(current));
    }

    private static String browser(Session session) {
        String browser = session.getAttribute(BROWSER);
        return browser == null ? "" : browser;
    }

    private static String handle(Session session) {
        return Token.hash(session.getId()).substring(0, 16);
    }
}
