package dev.temper.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.temper.platform.tenant.HandedPassword;
import dev.temper.platform.tenant.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What people come here to do, from the first click to what it leaves behind. */
@PagesTest
class JourneyTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Cast cast;

    @Test
    void aTenantIsMadePeopledGivenAKeyAndAudited() throws IOException, InterruptedException {
        String link;
        try (Visit admin = Visit.of(port, cast.platformAdmin)) {
            admin.open("/admin/tenants");
            admin.page.click("text=Create tenant");
            admin.page.fill("#name", "法律问答");
            admin.page.fill("#ownerEmail", "owner@law.example");
            admin.page.click("main button.btn-primary");
            link = admin.page.innerText("#secret");
            admin.page.click("[data-secret-kept]");
            assertThat(admin.page.innerText("main")).contains("法律问答");
        }
        assertThat(link).contains("/invite/");

        try (Visit owner = Visit.anonymous(port, "zh-CN")) {
            owner.open(URI.create(link).getPath());
            owner.page.fill("#displayName", "王芳");
            owner.page.fill("#password", Cast.PASSWORD);
            owner.page.click("main button.btn-primary");
            assertThat(owner.page.inputValue("#username")).isEqualTo("owner@law.example");
            owner.page.fill("#password", Cast.PASSWORD);
            owner.page.click("main button.btn-primary");
            assertThat(owner.page.innerText("h1")).isEqualTo("王芳，你好");
            String home = owner.path();

            owner.page.click(".todo >> text=邀请 >> nth=-1");
            owner.page.fill("#email", "colleague@law.example");
            owner.page.check("input[value=VIEWER]");
            owner.page.click("main button.btn-primary");
            assertThat(owner.page.innerText("#secret")).contains("/invite/");
            owner.page.click("[data-secret-kept] >> nth=0");
            assertThat(owner.page.innerText("main")).contains("colleague@law.example");

            owner.open(home + "/keys/new");
            owner.page.fill("#name", "夜间导入");
            owner.page.click("main button.btn-primary");
            String key = owner.page.innerText("#secret");
            assertThat(owner.page.innerText("#curl")).contains(key).contains("/api/v1/memberships");
            assertThat(members(key)).contains("owner@law.example");
            owner.page.click("[data-secret-kept]");

            owner.open(home + "/audit");
            assertThat(owner.page.innerText("#events")).contains("创建了租户", "邀请了成员", "新增成员", "创建了 API 密钥");
            owner.page.click("text=校验整条链");
            owner.page.locator("#chain.ok").waitFor();
            owner.page.selectOption("#action", "invitation_created");
            owner.page.locator(".chip").waitFor();
            assertThat(owner.path()).contains("action=invitation_created");
            assertThat(owner.page.locator("tbody tr").count()).isEqualTo(2);
            assertThat(owner.complaints).isEmpty();
        }
    }

    private String members(String key) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/memberships"))
                    .header("Authorization", "Bearer " + key)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void aHandedPasswordIsChangedBeforeAnythingElse() {
        HandedPassword handed = cast.fresh("Fresh");
        try (Visit person = Visit.anonymous(port, "en")) {
            person.signIn(handed.user().email(), handed.password());
            person.open("/me");
            assertThat(person.path()).isEqualTo("/me/password");
            person.page.fill("#currentPassword", handed.password());
            person.page.fill("#newPassword", "short");
            person.page.click("main button.btn-primary");
            assertThat(person.page.locator("#newPassword-wrong").count()).isEqualTo(1);
            person.page.fill("#currentPassword", handed.password());
            person.page.fill("#newPassword", Cast.PASSWORD);
            person.page.click("main button.btn-primary");
            assertThat(person.path()).isEqualTo("/");
            assertThat(person.page.innerText("main")).contains("You belong to no tenant yet.");
        }
    }

    @Test
    void aWrongPasswordIsToldAndTheRightOneLeadsWhereOneWanted() {
        try (Visit owner = Visit.anonymous(port, "en")) {
            owner.open("/t/acme/audit?q=key");
            owner.page.fill("#username", cast.email(Role.OWNER));
            owner.page.fill("#password", "wrong, alas");
            owner.page.click("main button.btn-primary");
            assertThat(owner.page.innerText("[role=alert]")).contains("is not right");
            owner.page.fill("#username", cast.email(Role.OWNER));
            owner.page.fill("#password", Cast.PASSWORD);
            owner.page.click("main button.btn-primary");
            assertThat(owner.path()).startsWith("/t/acme/audit?q=key");
        }
    }

    @Test
    void aSessionThatEndsInMidFormCostsNoWord() {
        try (Visit owner = Visit.anonymous(port, "en").signIn(cast.email(Role.OWNER), Cast.PASSWORD)) {
            owner.open("/t/acme/keys/new");
            owner.page.fill("#name", "A name typed with care");
            owner.forgetSession();
            owner.page.click("main button.btn-primary");
            assertThat(owner.path()).startsWith("/login");
            owner.page.fill("#username", cast.email(Role.OWNER));
            owner.page.fill("#password", Cast.PASSWORD);
            owner.page.click("main button.btn-primary");
            assertThat(owner.path()).startsWith("/t/acme/keys/new");
            // A script puts it back once the page is there.
            PlaywrightAssertions.assertThat(owner.page.locator("#name")).hasValue("A name typed with care");
        }
    }

    @Test
    void aButtonPressedTwiceDoesItOnce() {
        String email = cast.person("Twice");
        cast.join(cast.tenant("Twice"), email, Role.OWNER);
        try (Visit owner = Visit.of(port, email)) {
            owner.open("/");
            String home = owner.path();
            owner.open(home + "/keys/new");
            owner.page.fill("#name", "Once only");
            // Both submits leave before either answer is here, and past the page's own guard.
            owner.page.evaluate("""
                    async () => {
                      const form = document.querySelector('main form');
                      const send = () => fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))});
                      await Promise.all([send(), send(), send()]);
                    }""");
            owner.open(home + "/keys");
            assertThat(owner.page.locator("tbody tr").count()).isEqualTo(1);
        }
    }

    @Test
    void whatCannotBeDoneIsToldInItsPlaceAndNothingTypedIsLost() {
        try (Visit owner = Visit.of(port, cast.email(Role.OWNER))) {
            owner.open("/t/acme/members/invite");
            owner.page.fill("#email", cast.email(Role.ADMIN));
            owner.page.check("input[value=ADMIN]");
            owner.page.click("main button.btn-primary");
            assertThat(owner.page.innerText("#refused")).contains("member_already");
            assertThat(owner.page.inputValue("#email")).isEqualTo(cast.email(Role.ADMIN));
            assertThat(owner.page.isChecked("input[value=ADMIN]")).isTrue();
            assertThat(owner.page.evaluate("document.activeElement.id")).isEqualTo("refused");
        }
    }

    @Test
    void anEnterThatPicksAWordSendsNothing() {
        try (Visit owner = Visit.of(port, cast.email(Role.OWNER))) {
            owner.open("/t/acme/keys/new");
            owner.page.fill("#name", "医疗");
            owner.page.evaluate("""
                    () => document.querySelector('#name').dispatchEvent(
                      new KeyboardEvent('keydown', {key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true, cancelable: true}))""");
            assertThat(owner.path()).isEqualTo("/t/acme/keys/new");
        }
    }

    @Test
    void switchingTheTenantKeepsTheCollection() {
        try (Visit owner = Visit.of(port, cast.email(Role.OWNER))) {
            owner.open("/t/acme/keys/new");
            owner.page.click(".tenant-tool");
            owner.page.click(".menu-panel a[href='/t/hostile/keys']");
            assertThat(owner.path()).isEqualTo("/t/hostile/keys");
        }
    }

    @Test
    void thePaletteFindsPeopleByTheirInitialsAndGoesThere() {
        String email = cast.person("李伟");
        cast.join(cast.tenant, email, Role.VIEWER);
        try (Visit owner = Visit.of(port, cast.email(Role.OWNER))) {
            owner.open("/t/acme");
            owner.page.keyboard().press("Control+k");
            owner.page.fill("#palette-query", "lw");
            owner.page.locator("[role=option]:has-text('李伟')").waitFor();
            owner.page.keyboard().press("Enter");
            owner.page.waitForURL("**/t/acme/members/**");
            assertThat(owner.page.innerText("h1")).isEqualTo("李伟");
        }
    }
}
