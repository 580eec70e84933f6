package dev.temper.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.oidc.OidcServer;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.common.Caller;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole way through a real provider: to its login form, back with a code, and in or not. */
@PlatformTest
class SingleSignOnTest {
    private static final OidcServer PROVIDER = OidcServer.start();
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    @Autowired
    private World world;

    @Autowired
    private Users users;

    @Autowired
    private SingleSignOn singleSignOn;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry settings) {
        String registration = "spring.security.oauth2.client.registration.company.";
        settings.add(registration + "client-id", () -> OidcServer.CLIENT);
        settings.add(registration + "client-secret", () -> OidcServer.SECRET);
        settings.add(registration + "client-name", () -> "Company");
        settings.add(registration + "scope", () -> "openid,email,profile");
        settings.add("spring.security.oauth2.client.provider.company.issuer-uri", PROVIDER::issuer);
    }

    @AfterAll
    static void stop() {
        PROVIDER.close();
    }

    @Test
    void theLoginPageKnowsTheProvider() {
        assertThat(singleSignOn.providers())
                .containsExactly(new SingleSignOn.Provider("Company", "/oauth2/authorization/company"));
    }

    @Test
    void aVerifiedAddressFindsItsAccountAndTheIdentityStaysWithIt() throws Exception {
        HandedPassword person = world.person("sso");
        String name = person.user().email().replace("@example.org", "");

        assertThat(enter(name).body()).isEqualTo("home of " + person.user().email());

        jdbc.sql("update users set email = ? where id = ?")
                .params("moved-" + person.user().email(), person.user().id())
                .update();
        assertThat(enter(name).body())
                .as("known by the provider's identity, not by the address")
                .isEqualTo("home of moved-" + person.user().email());
    }

    @Test
    void nobodyGetsAnAccountUnasked() throws Exception {
        HttpResponse<String> answer = enter("stranger");

        assertThat(answer.uri().getPath()).isEqualTo("/login");
        assertThat(answer.uri().getQuery()).isEqualTo("sso=unknown");
        assertThat(Caller.system("test").call(() -> users.byEmail("stranger@example.org")))
                .isEmpty();
    }

    @Test
    void anAddressNobodyVerifiedOpensNothing() throws Exception {
        HandedPassword victim = world.person("unverified");
        String name = victim.user().email().replace("@example.org", "");

        assertThat(enter(name).uri().getQuery()).isEqualTo("sso=email_not_verified");
    }

    @Test
    void aDisabledAccountStaysOut() throws Exception {
        HandedPassword person = world.person("gone");
        Caller.system("test").run(() -> users.disable(person.user().id()));

        assertThat(enter(person.user().email().replace("@example.org", ""))
                        .uri()
                        .getQuery())
                .isEqualTo("sso=unknown");
    }

    /** As a browser does it: follows every redirect, fills in the provider's form. */
    private HttpResponse<String> enter(String name) throws IOException, InterruptedException {
        try (HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            URI start = URI.create("http://127.0.0.1:" + port + "/oauth2/authorization/company");
            HttpResponse<String> form = browser.send(page(start).build(), BodyHandlers.ofString());
            Matcher token = TOKEN.matcher(form.body());
            assertThat(token.find()).as(form.body()).isTrue();
            String fields = "username=%s&password=%s&_csrf=%s"
                    .formatted(name, encoded(OidcServer.PASSWORD), encoded(token.group(1)));
            HttpRequest login = page(URI.create(PROVIDER.issuer() + "/login"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(fields))
                    .build();
            return browser.send(login, BodyHandlers.ofString());
        }
    }

    private static HttpRequest.Builder page(URI address) {
        return HttpRequest.newBuilder(address).header("Accept", "text/html");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
