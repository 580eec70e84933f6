package dev.temper.platform.tenant;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Signing in by an OpenID Connect provider. The first time, the provider's identity is tied to the account with the same
 * verified e-mail address; from then on the identity counts, whatever address it has. Nobody is let in on an address
 * that is not verified, and nobody gets an account unless {@code temper.oidc.create-users} says so.
 */
@Service
@Transactional
public class SingleSignOn {
    private final UserRepository users;
    private final Users accounts;
    private final SignIn signIn;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final OidcSettings settings;
    private final List<Provider> providers;

    SingleSignOn(
            UserRepository users,
            Users accounts,
            SignIn signIn,
            JdbcClient jdbc,
            Clock clock,
            OidcSettings settings,
            ObjectProvider<ClientRegistrationRepository> registrations) {
        this.users = users;
        this.accounts = accounts;
        this.signIn = signIn;
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings;
        this.providers = registrations.getIfAvailable() instanceof Iterable<?> known
                ? StreamSupport.stream(known.spliterator(), false)
                        .filter(ClientRegistration.class::isInstance)
                        .map(ClientRegistration.class::cast)
                        .map(it -> new Provider(it.getClientName(), "/oauth2/authorization/" + it.getRegistrationId()))
                        .toList()
                : List.of();
    }

    /** A way to sign in: its name and where the button leads. */
    public record Provider(String name, String path) {}

    /** Whom a provider vouches for. */
    public record Identity(
            String issuer,
            String subject,
            @Nullable String email,
            boolean emailVerified,
            @Nullable String name) {}

    /** Whether that is somebody of ours. */
    public sealed interface Outcome {}

    public record Known(SignedIn person) implements Outcome {}

    /** Not let in; the reason in snake case. */
    public record Stranger(String reason) implements Outcome {}

    /** What the login page offers. */
    public List<Provider> providers() {
        return providers;
    }

    public Outcome enter(Identity identity, String address) {
        Optional<User> linked = linked(identity);
        if (linked.isPresent()) {
            return welcome(linked.get(), address);
        }
        String email = identity.email();
        if (email == null || !identity.emailVerified()) {
            return new Stranger("email_not_verified");
        }
        Optional<User> sameAddress = users.byEmail(email.strip());
        if (sameAddress.isEmpty() && !settings.createUsers()) {
            return new Stranger("unknown");
        }
        User user = sameAddress.orElseGet(() -> accounts.registerWithoutPassword(email, name(identity, email)));
        link(identity, user);
        return welcome(user, address);
    }

    private Outcome welcome(User user, String address) {
        if (user.disabled()) {
            return new Stranger("unknown");
        }
        SignedIn person = new SignedIn(user.id(), user.email(), true);
        signIn.singleSignOn(person, address);
        return new Known(person);
    }

    private Optional<User> linked(Identity identity) {
        return jdbc.sql("select user_id from identities where issuer = ? and subject = ?")
                .params(identity.issuer(), identity.subject())
                .query(UUID.class)
                .optional()
                .flatMap(users::findById);
    }

    private void link(Identity identity, User user) {
        jdbc.sql("insert into identities (issuer, subject, user_id, created_at) values (?, ?, ?, ?)")
                .params(identity.issuer(), identity.subject(), user.id(), Timestamp.from(clock.instant()))
                .update();
    }

    private static String name(Identity identity, String email) {
        String name = identity.name();
        return name == null || name.isBlank() ? email : name;
    }
}
