package dev.temper.web.launch;

import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.SampleData;
import dev.temper.platform.tenant.ApiKeyView;
import dev.temper.platform.tenant.ApiKeys;
import dev.temper.platform.tenant.HandedPassword;
import dev.temper.platform.tenant.Members;
import dev.temper.platform.tenant.Profile;
import dev.temper.platform.tenant.Profiles;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.Scope;
import dev.temper.platform.tenant.TenantView;
import dev.temper.platform.tenant.Tenants;
import dev.temper.platform.tenant.Users;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the platform admin, the tenant "demo" with its owner, sample data and an API key, on a database that has no account yet.
 *
 * <p>The passwords are written down before anything is made, and every step looks at what there is: a process that is
 * killed half-way is finished by the next start.
 */
@Component
class FirstStart {
    private static final String DRAFT = "first-login.draft";
    private static final String ADMIN = "admin@temper.local";
    private static final String OWNER = "owner@temper.local";
    private static final String TENANT = "demo";
    private static final String KEY = "First start";

    /** Any number will do, as long as every replica takes the same. */
    private static final long LOCK = 0x7e3be7f1;

    private final Users users;
    private final Profiles profiles;
    private final Tenants tenants;
    private final Members members;
    private final ApiKeys keys;
    private final Datasets datasets;
    private final SampleData samples;
    private final DataSource database;
    private final PageQuery first;
    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    FirstStart(
            Users users,
            Profiles profiles,
            Tenants tenants,
            Members members,
            ApiKeys keys,
            Datasets datasets,
            SampleData samples,
            DataSource database,
            Cursors cursors) {
        this.users = users;
        this.profiles = profiles;
        this.tenants = tenants;
        this.members = members;
        this.keys = keys;
        this.datasets = datasets;
        this.samples = samples;
        this.database = database;
        this.first = cursors.query(PageQuery.MAX_LIMIT, null, "first start");
    }

    /** The two passwords, kept until the whole is done. */
    private record Draft(String owner, String admin) {
        @Override
        public String toString() {
            return "Draft[]";
        }
    }

    /** Returns true if this was the first start. */
    boolean runIfNeeded(DataFolder folder, String url) {
        // One replica at a time; the lock goes with the connection.
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
            try {
                return Caller.system("first start").call(() -> run(folder, url));
            } finally {
                statement.execute("select pg_advisory_unlock(" + LOCK + ")");
            }
        } catch (SQLException e) {
            throw new StartRefused("The first accounts could not be made: " + e.getMessage(), e);
        }
    }

    private boolean run(DataFolder folder, String url) {
        boolean begun = folder.has(DRAFT);
        if (!begun && users.exist()) {
            return false;
        }
        if (!begun) {
            folder.writePrivately(
                    DRAFT, json.writeValueAsString(new Draft(RandomSecret.password(), RandomSecret.password())));
        }
        if (!folder.has(FirstLogin.FILE)) {
            FirstLogin login = create(json.readValue(folder.read(DRAFT), Draft.class), url);
            folder.writePrivately(FirstLogin.FILE, json.writeValueAsString(login));
        }
        folder.delete(DRAFT);
        return true;
    }

    private FirstLogin create(Draft draft, String url) {
        account(ADMIN, "Platform admin", true, draft.admin());
        Profile owner = account(OWNER, "Demo owner", false, draft.owner());
        TenantView tenant = tenants.all(first).items().stream()
                .filter(each -> each.slug().equals(TENANT))
                .findFirst()
                .orElseGet(() -> tenants.create("Demo", TENANT));
        String secret = TenantScope.call(tenant.id(), () -> {
            join(owner);
            samples();
            return key(owner);
        });
        return new FirstLogin(url, TENANT, OWNER, draft.owner(), secret, ADMIN, draft.admin());
    }

    private Profile account(String email, String name, boolean admin, String password) {
        Profile known = users.byEmail(email).orElse(null);
        if (known != null && !known.mustChangePassword()) {
            return known;
        }
        HandedPassword handed = known != null
                ? users.resetPassword(known.id())
                : admin ? users.createPlatformAdmin(email, name) : users.create(email, name);
        return asThemselves(handed.user(), () -> profiles.changePassword(handed.password(), password));
    }

    /** A password is chosen by its person alone; this one was chosen for them and stands in their file. */
    private static Profile asThemselves(Profile person, ScopedValue.CallableOp<Profile, RuntimeException> work) {
        Actor actor = Actor.user(person.id(), person.email(), null, null);
        return new Caller(actor, person.id(), Set.of()).call(work);
    }

    private void join(Profile owner) {
        if (members.list(first).items().stream()
                .noneMatch(member -> member.userId().equals(owner.id()))) {
            members.add(owner.id(), Role.OWNER);
        }
    }

    /** Something to try everything with, from the first minute on; it is read while people sign in. */
    private void samples() {
        // Nobody asked for them, so nobody's bell rings when each is read.
        Caller.system("first start").run(() -> {
            if (datasets.list(first, null).items().isEmpty()) {
                samples.addAll();
            }
        });
    }

    /** A key whose secret was lost on the way to the file is of no use to anybody. */
    private String key(Profile owner) {
        keys.list(first).items().stream()
                .filter(key -> key.name().equals(KEY))
                .map(ApiKeyView::id)
                .forEach(keys::revoke);
        UUID person = owner.id();
        return keys.createFor(person, KEY, EnumSet.allOf(Scope.class)).secret();
    }
}
