package dev.temper.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.tenant.ApiKeys;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.Scope;
import dev.temper.probe.Http;
import dev.temper.probe.Http.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log as programs and readers get it. */
@PlatformTest
class AuditRestTest {
    private static final String PATH = "/api/v1/audit-events";

    @Autowired
    private World world;

    @Autowired
    private Audit audit;

    @Autowired
    private ApiKeys keys;

    @LocalServerPort
    private int port;

    private Http http;
    private Inhabitant owner;
    private String key;

    @BeforeEach
    void populate() {
        http = new Http(port);
        owner = world.owner();
        key = "Bearer " + world.key(owner, Scope.values()).secret();
        record("=cmd|' /C calc'!A0", Map.of("note", "first", "password", "hunter2hunter2"));
        record("two, \"quoted\"", Map.of("note", "100 % of _all_"));
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void showsWhoDidWhatNewestFirst() {
        JsonNode items = get("").json().path("items");
        JsonNode newest = items.get(0);
        assertThat(newest.path("action").asString()).isEqualTo("tenant_changed");
        assertThat(newest.at("/actor/kind").asString()).isEqualTo("USER");
        assertThat(newest.at("/actor/name").asString()).isEqualTo(owner.email());
        assertThat(newest.at("/target/name").asString()).isEqualTo("two, \"quoted\"");
        assertThat(newest.at("/after/note").asString()).isEqualTo("100 % of _all_");
        assertThat(newest.path("address").asString()).isEqualTo("192.0.2.1");
        assertThat(newest.path("previousHash").asString())
                .isEqualTo(items.get(1).path("hash").asString());
        assertThat(items.get(1).at("/after/password").asString()).isEqualTo(Redaction.MARK);
        Answer one = http.get(PATH + "/" + newest.path("id").asString(), "Authorization", key);
        assertThat(one.json()).isEqualTo(newest);
    }

    @Test
    void findsByAnyPart() {
        assertThat(names("?action=api_key_created")).containsExactly(prefix());
        assertThat(names("?action=api_key_created&action=tenant_changed")).hasSize(3);
        assertThat(names("?targetType=api_key")).hasSize(1);
        assertThat(names("?targetId=t-1")).hasSize(2);
        assertThat(names("?actor=" + owner.email().substring(0, 5).toUpperCase(Locale.ROOT) + "&targetId=t-1"))
                .hasSize(2);
        assertThat(names("?actor=" + owner.userId() + "&targetId=t-1")).hasSize(2);
        assertThat(names("?q=100%20%25")).containsExactly("two, \"quoted\"");
        assertThat(names("?q=_all_")).containsExactly("two, \"quoted\"");
        assertThat(names("?q=nowhere")).isEmpty();
        assertThat(names("?from=2999-01-01T00:00:00Z")).isEmpty();
        assertThat(names("?to=2001-01-01T00:00:00Z")).isEmpty();
        assertThat(get("?from=yesterday").status()).isEqualTo(422);
        assertThat(get("?from=yesterday").json().at("/errors/0/parameter").asString())
                .isEqualTo("from");
    }

    @Test
    void aSpreadsheetRunsNothingOfAnExport() {
        Answer csv = get("/export");
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.header("Content-Disposition")).contains("attachment", "audit.csv");
        List<String> lines = Arrays.asList(csv.body().split("\r\n", -1));
        assertThat(lines.getFirst()).startsWith("seq,at,");
        assertThat(csv.body()).contains("\"'=cmd|' /C calc'!A0\"").contains("\"two, \"\"quoted\"\"\"");
        assertThat(csv.body()).doesNotContain("hunter2");
        for (String start : new String[] {"=1", "+1", "-1", "@x", "\t1", "\r1", "|x", "%x"}) {
            assertThat(AuditExport.cell(start)).startsWith("\"'");
        }
        assertThat(AuditExport.cell(null)).isEqualTo("\"\"");
        assertThat(names("?action=audit_exported")).containsExactly("csv");
    }

    @Test
    void anExportHoldsWhatTheListShows() {
        Answer jsonl = get("/export?format=jsonl&targetId=t-1");
        assertThat(jsonl.header("Content-Type")).startsWith("application/jsonl");
        List<JsonNode> rows =
                jsonl.body().lines().map(JsonMapper.shared()::readTree).toList();
        JsonNode listed = get("?targetId=t-1").json().path("items");
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst()).isEqualTo(listed.get(0));
        assertThat(get("/export?format=xml").code()).isEqualTo("parameter_wrong");
    }

    @Test
    void provesItselfWhole() {
        JsonNode verdict = get("/verification").json();
        assertThat(verdict.path("intact").asBoolean()).isTrue();
        assertThat(verdict.path("rows").asInt()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void isOnlyForThoseWhoMayReadIt() {
        Inhabitant other = world.owner();
        String foreign = "Bearer " + world.key(other, Scope.values()).secret();
        String id = get("").json().at("/items/0/id").asString();
        assertThat(http.get(PATH + "/" + id, "Authorization", foreign).code()).isEqualTo("not_found");
        assertThat(http.get(PATH + "?targetId=t-1", "Authorization", foreign)
                        .json()
                        .path("items"))
                .isEmpty();
        Inhabitant viewer = world.member(owner.tenant(), Role.VIEWER);
        String reading = "Bearer "
                + viewer.does(() -> keys.create("reader", Set.of(Scope.READ), null))
                        .secret();
        for (String path : new String[] {"", "/" + id, "/export", "/verification"}) {
            assertThat(http.get(PATH + path, "Authorization", reading).code()).isEqualTo("action_not_allowed");
        }
    }

    private void record(String name, Map<String, Object> after) {
        owner.does(() -> {
            audit.record(AuditAction.TENANT_CHANGED, new AuditTarget("tenant", "t-1", name), null, after);
            return name;
        });
    }

    private String prefix() {
        return key.substring("Bearer ".length(), "Bearer ".length() + 12);
    }

    private Answer get(String rest) {
        return http.get(PATH + rest, "Authorization", key);
    }

    private List<String> names(String query) {
        return get(query)
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.at("/target/name").asString())
                .toList();
    }
}
