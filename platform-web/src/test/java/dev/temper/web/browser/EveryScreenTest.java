package dev.temper.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import dev.temper.platform.tenant.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every screen in both languages, both themes, wide and narrow: accessible, within the window, without complaints. */
@PagesTest
class EveryScreenTest {
    private static final List<String> TAGS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final int[] WIDTHS = {1280, 360};
    private static final List<String> THEMES = List.of("light", "dark");

    @LocalServerPort
    private int port;

    @Autowired
    private Cast cast;

    @Autowired
    private Machines machines;

    private final List<String> findings = new ArrayList<>();
    private final Map<String, String> titles = new HashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-CN"})
    void isAccessibleAndFits(String language) {
        try (Visit visitor = Visit.anonymous(port, language)) {
            look(visitor, Screens.ANONYMOUS);
        }
        try (Visit owner = Visit.of(port, cast.email(Role.OWNER))) {
            owner.language(language);
            look(
                    owner,
                    Stream.concat(Screens.TENANT.stream(), Screens.ACCOUNT.stream())
                            .toList());
            owner.open("/t/acme/members");
            for (String link : links(owner, "td a[href*='/members/']")) {
                look(owner, List.of(link));
            }
            look(owner, jobs());
            owner.open("/t/acme/keys");
            look(owner, List.of(links(owner, "a[href$='/revoke']").getFirst()));
            datasets(owner);
            look(owner, cast.trained());
            look(owner, cast.told());
            palette(owner);
            owner.language("en");
        }
        try (Visit admin = Visit.of(port, cast.platformAdmin)) {
            admin.language(language);
            look(admin, Screens.PLATFORM);
            admin.open("/admin/tenants");
            look(admin, List.of(links(admin, "td a[href*='/admin/tenants/']").getFirst()));
            look(admin, compute());
            admin.language("en");
        }
        assertThat(findings).isEmpty();
    }

    /** What is behind a link of the platform's pages about machines. */
    private List<String> compute() {
        String node = "/admin/nodes/" + machines.busy.id();
        return List.of(
                node,
                node + "/cordon",
                node + "/drain",
                node + "/retire",
                "/admin/nodes/" + machines.draining.id() + "/ready",
                "/admin/pools/" + machines.pool.id(),
                "/admin/queue/" + machines.running.id(),
                "/admin/queue/" + machines.waiting.id(),
                "/admin/reservations/" + machines.reserved.id(),
                "/admin/quotas/" + cast.tenant.id() + "/" + machines.pool.id());
    }

    private List<String> jobs() {
        String root = "/t/acme/queue/";
        return List.of(
                root + machines.running.number(),
                root + machines.waiting.number(),
                root + machines.failed.number(),
                root + machines.waiting.number() + "/cancel");
    }

    private void datasets(Visit owner) {
        String imported = cast.imported();
        look(owner, List.of(imported));
        owner.open(imported);
        look(owner, List.of(links(owner, "a[href*='/left-out/']").getFirst()));
        owner.open("/t/acme/datasets");
        String dataset = links(owner, "th a[href*='/datasets/']").getFirst();
        Screens.DATASET.forEach(part -> look(owner, List.of(dataset + "/v1" + part)));
    }

    private void look(Visit visit, List<String> screens) {
        for (String screen : screens) {
            visit.open(screen);
            Object language = visit.page.evaluate("document.documentElement.lang");
            structure(visit, screen, String.valueOf(language));
            for (int width : WIDTHS) {
                visit.page.setViewportSize(width, 800);
                for (String theme : THEMES) {
                    visit.page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme);
                    axe(visit, screen + " " + language + " " + theme + " " + width);
                }
                int beyond = (int) visit.page.evaluate("document.documentElement.scrollWidth - innerWidth");
                if (beyond > 0) {
                    findings.add(screen + " " + language + " is " + beyond + " px wider than " + width);
                }
            }
            findings.addAll(visit.complaints);
            visit.complaints.clear();
        }
    }

    private void structure(Visit visit, String screen, String language) {
        int headings = visit.page.locator("h1").count();
        if (headings != 1) {
            findings.add(screen + " " + language + " has " + headings + " h1");
        }
        String other = titles.putIfAbsent(language + visit.page.title(), screen.replaceAll("\\?.*", ""));
        if (other != null && !other.equals(screen.replaceAll("\\?.*", "")) && !notFound(visit)) {
            findings.add(screen + " and " + other + " are both called " + visit.page.title());
        }
        if (visit.page.innerText("body").contains("??")) {
            findings.add(screen + " " + language + " lacks words");
        }
        if (visit.page.evaluate("window.caught") != null) {
            findings.add(screen + " ran what somebody wrote into a name");
        }
    }

    private static boolean notFound(Visit visit) {
        return visit.page.locator(".problem").count() > 0;
    }

    private void axe(Visit visit, String where) {
        new AxeBuilder(visit.page)
                .setLegacyMode(true)
                .withTags(TAGS)
                .analyze()
                .getViolations()
                .forEach(rule -> findings.add(where + ": " + rule.getId() + " "
                        + rule.getNodes().stream()
                                .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                .limit(2)
                                .toList()));
    }

    private void palette(Visit visit) {
        visit.page.setViewportSize(1280, 800);
        visit.page.keyboard().press("Control+k");
        visit.page.fill("#palette-query", "some");
        visit.page.locator("[role=option]").first().waitFor();
        for (String theme : THEMES) {
            visit.page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme);
            axe(visit, "command palette " + theme);
        }
    }

    private static List<String> links(Visit visit, String selector) {
        return visit.page.locator(selector).all().stream()
                .map(link -> link.getAttribute("href"))
                .toList();
    }
}
