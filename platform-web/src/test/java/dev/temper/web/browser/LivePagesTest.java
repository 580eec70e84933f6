package dev.temper.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.tenant.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** A page that is open shows what others do. */
@PagesTest
class LivePagesTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Cast cast;

    @Autowired
    private Machines machines;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    @Test
    void aJobsPageFollowsTheJob() {
        JobView job = machines.submit("followed", 1, 10);
        try (Visit viewer = Visit.of(port, cast.email(Role.VIEWER))) {
            Request stream =
                    viewer.page.waitForRequest("**/live?*", () -> viewer.open("/t/acme/queue/" + job.number()));
            Locator status = viewer.page.locator("#job [role=status]");
            assertThat(status).containsText("Queued");

            as(Role.ADMIN, () -> jobs.cancel(job.id()));

            assertThat(status).containsText("Cancelled");
            assertThat(stream.url()).contains("topics=job." + job.number());
            assertThat(viewer.complaints).isEmpty();
        }
    }

    @Test
    void anAnswerGrowsOnItsPageUnderTheTemplateOfTheTraining() {
        String address = cast.trained().stream()
                .filter(page -> page.matches(".*/trials/\\d+"))
                .findFirst()
                .orElseThrow();
        long number = Long.parseLong(address.substring(address.lastIndexOf('/') + 1));
        JobView trial = as(Role.ADMIN, () -> jobs.byNumber(number));
        try (Visit viewer = Visit.of(port, cast.email(Role.VIEWER))) {
            viewer.page.waitForRequest("**/live?*", () -> viewer.open(address));
            Locator answer = viewer.page.locator("#trial table.answers td").first();
            assertThat(answer).containsText("…");
            assertThat(viewer.page.locator("#trial dl")).containsText("the model’s own");

            says(trial, 1, "您");
            assertThat(answer).containsText("您");
            says(trial, 2, "好");
            assertThat(answer).containsText("您好");
            assertThat(viewer.complaints).isEmpty();
        }
    }

    /** As if a worker had told it. */
    private void says(JobView trial, int seq, String piece) {
        as(
                Role.ADMIN,
                () -> transactions.execute(_ -> jdbc.sql("""
                        insert into job_events (tenant_id, job_id, fence, seq, at, type, body)
                        values (?, ?, ?, ?, now(), 'answer', cast(? as json))
                        """)
                        .params(
                                cast.tenant.id(),
                                trial.id(),
                                Integer.MAX_VALUE + trial.number(),
                                seq,
                                "{\"type\":\"answer\",\"asked\":0,\"base\":false,\"text\":\"%s\",\"end\":null}"
                                        .formatted(piece))
                        .update()));
    }

    @Test
    void aPageWhoseStreamIsCutSaysSoAndCatchesUp() {
        JobView job = machines.submit("cut off", 1, 10);
        try (Visit viewer = Visit.of(port, cast.email(Role.VIEWER))) {
            viewer.page.route("**/live?*", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
            viewer.open("/t/acme/queue/" + job.number());
            assertThat(viewer.page.locator("#live-strip")).isVisible();
            as(Role.ADMIN, () -> jobs.cancel(job.id()));
            viewer.page.unroute("**/live?*");

            assertThat(viewer.page.locator("#job [role=status]"))
                    .containsText("Cancelled", new ContainsTextOptions().setTimeout(20_000));
            assertThat(viewer.page.locator("#live-strip")).isHidden();
        }
    }

    /** A proxy that keeps what passes until its buffer is full would make the stream useless. */
    @Test
    void aStreamForbidsToBeKept() throws Exception {
        try (Visit viewer = Visit.of(port, cast.email(Role.VIEWER));
                HttpClient client = HttpClient.newHttpClient()) {
            viewer.open("/t/acme");
            String cookies = viewer.page.context().cookies().stream()
                    .map(cookie -> cookie.name + "=" + cookie.value)
                    .collect(Collectors.joining("; "));
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + port + "/t/acme/live?topics=job&cursor=3"))
                    .header("Cookie", cookies)
                    .build();
            HttpResponse<Stream<String>> answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
            try (var lines = answer.body()) {
                List<String> first = lines.limit(4).toList();
                assertThat(first).contains(": here", "event: resync");
            }
            assertThat(answer.headers().firstValue("X-Accel-Buffering")).hasValue("no");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=UTF-8");
        }
    }

    private <T> T as(Role role, Supplier<T> work) {
        return TenantScope.call(
                cast.tenant.id(), () -> cast.as(cast.email(role)).call(work::get));
    }
}
