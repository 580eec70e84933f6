package dev.temper.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.tenant.Role;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Everything works without script; it only gets smoother with it. */
@PagesTest
class WithoutScriptTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Cast cast;

    @Test
    void peopleSignInLookAroundAndChangeThings() {
        String email = cast.person("Plain");
        cast.join(cast.tenant("Plain"), email, Role.OWNER);
        try (Visit owner = Visit.withoutScript(port)) {
            owner.signIn(email, Cast.PASSWORD);
            assertThat(owner.page.innerText("h1")).isEqualTo("Welcome, Plain");
            String home = owner.path();

            owner.page.fill(".quick input", "invite");
            owner.page.locator(".quick input").press("Enter");
            owner.page.click("main >> text=Invite member");
            owner.page.fill("#email", "plain@example.org");
            owner.page.click("main button.btn-primary");
            assertThat(owner.page.innerText("#secret")).contains("/invite/");

            owner.open(home + "/members");
            owner.page.click("text=Revoke");
            assertThat(owner.page.innerText("[role=status]")).contains("plain@example.org");

            owner.open(home + "/keys/new");
            owner.page.fill("#name", "No script");
            owner.page.click("main button.btn-primary");
            assertThat(owner.page.innerText("#secret")).startsWith("tmp_");
            owner.open(home + "/keys");
            owner.page.click("td >> text=Revoke");
            owner.page.click("main button.btn-danger-full");
            assertThat(owner.page.innerText("tbody")).contains("Revoked");

            owner.open(home + "/audit");
            owner.page.selectOption("#action", "api_key_revoked");
            owner.page.click(".filters button");
            assertThat(owner.page.locator("tbody tr").count()).isEqualTo(1);
            owner.page.click("tbody summary");
            assertThat(owner.page.innerText("tbody dl >> nth=0")).contains("state");
            owner.page.click("text=Clear filters");
            assertThat(owner.page.locator("tbody tr").count()).isGreaterThan(3);

            owner.page.click("summary[aria-label=Language]");
            owner.page.click("button[value='zh-CN'] >> nth=0");
            assertThat(owner.page.innerText("h1")).isEqualTo("审计日志");
            owner.page.click("summary[aria-label=主题]");
            owner.page.click("button[value=dark] >> nth=0");
            assertThat(owner.page.getAttribute("html", "data-bs-theme")).isEqualTo("dark");

            owner.page.click("summary[aria-label^=账号]");
            owner.page.click("text=退出登录");
            assertThat(owner.path()).startsWith("/login");
        }
    }

    @Test
    void theNarrowMenuOpens() {
        try (Visit owner = Visit.withoutScript(port)) {
            owner.page.setViewportSize(360, 800);
            owner.signIn(cast.email(Role.OWNER), Cast.PASSWORD);
            owner.open("/t/acme");
            assertThat(owner.page.isVisible("#side")).isFalse();
            owner.page.click("[popovertarget=side]");
            owner.page.click("#side a[href='/t/acme/keys']");
            assertThat(owner.path()).isEqualTo("/t/acme/keys");
        }
    }
}
