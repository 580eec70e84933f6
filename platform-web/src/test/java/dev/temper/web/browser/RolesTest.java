package dev.temper.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.tenant.Role;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Menu, buttons and addresses agree: what is drawn may be opened, and what may not be opened is not drawn. */
@PagesTest
class RolesTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Cast cast;

    @ParameterizedTest
    @EnumSource(Role.class)
    void whatIsDrawnMayBeOpened(Role role) {
        List<String> dead = new ArrayList<>();
        try (Visit person = Visit.of(port, cast.email(role))) {
            Set<String> drawn = new LinkedHashSet<>();
            List<String> from = new ArrayList<>(List.of("/t/acme"));
            from.addAll(follow(person, "/t/acme", "#side a"));
            for (String page : from) {
                drawn.addAll(follow(person, page, "main a, #side a, .topbar a"));
            }
            for (String link : drawn) {
                int status = person.page.request().get(link).status();
                if (status >= 400) {
                    dead.add(link + " " + status);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    private static List<String> follow(Visit person, String page, String selector) {
        person.open(page);
        // One question for all of them: a page has a hundred links.
        Object found = person.page
                .locator(selector)
                .evaluateAll("links => links.map(link => link.getAttribute('href') || '')");
        return ((List<?>) found)
                .stream()
                        .map(String::valueOf)
                        .filter(href -> href.startsWith("/"))
                        .map(href -> href.replaceAll("#.*", ""))
                        .distinct()
                        .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "OWNER, 200, 200, 200, 200",
        "ADMIN, 200, 200, 200, 200",
        "MEMBER, 200, 403, 200, 403",
        "VIEWER, 200, 403, 200, 403",
        "ANNOTATOR, 403, 403, 403, 403"
    })
    void addressesTypedByHandAreHeldToTheSameRules(Role role, int members, int invite, int keys, int audit) {
        try (Visit person = Visit.of(port, cast.email(role))) {
            assertThat(person.open("/t/acme/members")).isEqualTo(members);
            assertThat(person.open("/t/acme/members/invite")).isEqualTo(invite);
            assertThat(person.open("/t/acme/keys/new")).isEqualTo(keys);
            assertThat(person.open("/t/acme/audit")).isEqualTo(audit);
            assertThat(person.open("/t/acme/audit/export.csv".replace("export.csv", "nothing")))
                    .isEqualTo(404);
            assertThat(person.open("/admin/tenants")).isEqualTo(403);
            assertThat(person.open("/admin/audit")).isEqualTo(403);
        }
    }

    @Test
    void somebodyElsesTenantIsNotThere() {
        try (Visit viewer = Visit.of(port, cast.email(Role.VIEWER))) {
            assertThat(viewer.open("/t/hostile/members")).isEqualTo(404);
            assertThat(viewer.page.innerText("body")).doesNotContain(cast.hostileTenant.name());
        }
    }
}
