package dev.temper.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.sun.net.httpserver.HttpServer;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.tenant.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The bell, and a webhook from its making to a message that is sent again. */
@PagesTest
class NoticePagesTest {
    private static final ContainsTextOptions SOON = new ContainsTextOptions().setTimeout(20_000);

    @LocalServerPort
    private int port;

    @Autowired
    private Cast cast;

    @Autowired
    private Jobs jobs;

    @Test
    void theBellRingsOnAnOpenPageAndFallsSilentWhenAllIsRead() {
        String reader = cast.email(Role.MEMBER);
        try (Visit visit = Visit.of(port, reader)) {
            visit.open("/t/acme/notices");
            JobView job = as(() -> jobs.submit(
                    new JobRequest("Told of", "trial", "{}", "default", 1, Duration.ofMinutes(1), 50, 0, Ids.next())));
            as(() -> jobs.cancel(job.id()));

            assertThat(visit.page.locator("#bell .count")).containsText("1", SOON);
            assertThat(visit.page.locator("#notices tr.unread th a")).containsText("“Told of”");
            visit.page.locator(".page-actions button").click();

            assertThat(visit.page.locator("#bell .count")).hasCount(0);
            assertThat(visit.page.locator("tr.unread")).hasCount(0);
            assertThat(visit.complaints).isEmpty();
        }
    }

    @Test
    void aWebhookIsMadeTriedAndTriedAgain() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            heard.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            exchange.sendResponseHeaders(heard.size() == 1 ? 410 : 204, -1);
            exchange.close();
        });
        receiver.start();
        try (Visit visit = Visit.of(port, cast.email(Role.OWNER))) {
            visit.page.onDialog(dialog -> dialog.accept());
            visit.open("/t/acme/webhooks/new");
            visit.page
                    .locator("#url")
                    .fill("http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
            visit.page.locator("form.card .btn-primary").click();
            assertThat(visit.page.locator("#secret")).containsText("whsec_");
            visit.page.locator("[data-secret-kept]").click();

            visit.page.locator("#test").click();
            Locator first = visit.page.locator("#deliveries tbody tr").first();
            assertThat(first).containsText("Given up", SOON);
            assertThat(first).containsText("410");
            first.locator("th a").click();
            visit.page.locator("#redeliver").click();

            assertThat(visit.page.locator("#delivery [role=status]")).containsText("Delivered", SOON);
            assertThat(visit.page.locator("#delivery tbody tr")).hasCount(2);
            assertThat(heard).hasSize(2);
            assertThat(heard.getFirst()).isEqualTo(heard.getLast());
            assertThat(visit.complaints).isEmpty();
        } finally {
            receiver.stop(0);
        }
    }

    private <T> T as(Supplier<T> work) {
        return TenantScope.call(
                cast.tenant.id(), () -> cast.as(cast.email(Role.MEMBER)).call(work::get));
    }
}
