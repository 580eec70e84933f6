package dev.temper.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.tenant.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whoever goes through a page by keyboard always sees where they are. */
@PagesTest
class FocusTest {
    private static final int MOST_STOPS = 60;
    /** What has the focus, or what is wrong with how that is shown; null at the end of the page. */
    private static final String STOP = """
            () => {
              const it = document.activeElement;
              if (!it || it === document.body) return null;
              const shown = it.matches('input[type=radio], input[type=checkbox]') && it.closest('.choice') || it;
              const style = getComputedStyle(shown);
              const box = shown.getBoundingClientRect();
              const name = it.tagName + ' ' + (it.id || it.name || it.textContent.trim().slice(0, 30));
              if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return 'unseen: ' + name;
              const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
              const y = box.top + Math.min(box.height / 2, 20);
              if (y < 0 || y > innerHeight) return 'out of sight: ' + name;
              const top = document.elementFromPoint(x, y);
              return top && (shown.contains(top) || top.contains(shown)) ? 'seen' : 'covered: ' + name;
            }""";

    @LocalServerPort
    private int port;

    @Autowired
    private Cast cast;

    @Test
    void isVisibleAtEveryStop() {
        List<String> findings = new ArrayList<>();
        try (Visit owner = Visit.of(port, cast.email(Role.OWNER))) {
            for (String screen :
                    List.of("/t/acme", "/t/acme/members", "/t/acme/keys/new", "/t/acme/audit", "/me", "/me/security")) {
                owner.open(screen);
                for (int stop = 0; stop < MOST_STOPS; stop++) {
                    owner.page.keyboard().press("Tab");
                    Object state = owner.page.evaluate(STOP);
                    if (state == null) {
                        break;
                    }
                    if (!state.equals("seen")) {
                        findings.add(screen + " " + state);
                    }
                }
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void goesToTheContentFirst() {
        try (Visit owner = Visit.of(port, cast.email(Role.OWNER))) {
            owner.open("/t/acme/members");
            owner.page.keyboard().press("Tab");
            owner.page.keyboard().press("Enter");
            assertThat(owner.page.evaluate("document.activeElement.id")).isEqualTo("main");
        }
    }

    @Test
    void staysInTheMenuUntilEscapeGivesItBack() {
        try (Visit owner = Visit.of(port, cast.email(Role.OWNER))) {
            owner.open("/t/acme");
            owner.page.locator(".tenant-tool").press("Enter");
            assertThat(owner.page.locator(".pinned[open] .menu-panel").first().isVisible())
                    .isTrue();
            owner.page.keyboard().press("Escape");
            assertThat(owner.page.locator("details[open]").count()).isZero();
            assertThat(owner.page.evaluate("document.activeElement.classList.contains('tenant-tool')"))
                    .isEqualTo(true);
        }
    }
}
