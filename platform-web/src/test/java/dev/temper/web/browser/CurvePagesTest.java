package dev.temper.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.task.TaskRequest;
import dev.temper.platform.task.TaskRequest.Ingredient;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.platform.tenant.Role;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What one does with the curves of a task, and with its checkpoints. */
@PagesTest
class CurvePagesTest {
    private static final int STEPS = 100;

    @LocalServerPort
    private int port;

    @Autowired
    private Cast cast;

    @Autowired
    private Imports imports;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    private TaskView task;
    private String page;

    /** Its loss after a step is a thousandth of that step, and so is its rate in other units. */
    @BeforeEach
    void start() {
        String brought = cast.imported();
        UUID of = UUID.fromString(brought.substring(brought.lastIndexOf('/') + 1));
        UUID version = Objects.requireNonNull(as(() -> imports.get(of)).resultVersion());
        task = as(() -> tasks.start(new TaskRequest(
                "Curves", "temper-mini", List.of(new Ingredient(version, 1)), "{}", "default", 1, null, 50)));
        as(() -> jobs.cancel(task.job().id()));
        page = "/t/acme/tasks/" + task.number();
        fleet("""
                insert into job_events (tenant_id, job_id, fence, seq, at, type, body)
                select tenant_id, id, (select nextval('job_fences')), step, now(), 'metrics', format(
                    '{"type":"metrics","step":%%s,"totalSteps":%1$d,"values":{"loss":%%s,"learning_rate":%%s}}',
                    step, step / 1000.0, step / 100000.0)::json
                from jobs, generate_series(1, %1$d) step where id = '%2$s'
                """.formatted(STEPS, task.job().id()));
    }

    @Test
    void theStepUnderThePointerIsLookedAtInAllCurves() {
        try (Visit visit = Visit.of(port, cast.email(Role.MEMBER))) {
            visit.open(page);
            Locator loss = visit.page.locator("figure:has(#loss-curve)");
            Locator rate = visit.page.locator("figure:has(#rate-curve)");
            assertThat(loss.locator(".plot-legend b")).containsText("0.1");
            BoundingBox box = loss.locator("svg.curve").boundingBox();

            visit.page.mouse().move(box.x + box.width * 0.4, box.y + box.height / 2);

            assertThat(loss.locator(".plot-at")).containsText("Step 40");
            assertThat(rate.locator(".plot-at")).containsText("Step 40");
            assertThat(loss.locator(".plot-legend b")).containsText("0.04");
            assertThat(rate.locator(".plot-legend b")).containsText("4e-4");
            assertThat(rate.locator(".cursor")).hasCount(1);

            visit.page.mouse().move(0, 0);

            assertThat(rate.locator(".plot-at")).containsText("");
            assertThat(rate.locator(".cursor")).hasCount(0);
            assertThat(loss.locator(".plot-legend b")).containsText("0.1");
            assertThat(visit.complaints).isEmpty();
        }
    }

    @Test
    void theArrowKeysMoveItAndSayWhereItIs() {
        try (Visit visit = Visit.of(port, cast.email(Role.MEMBER))) {
            visit.open(page);
            visit.page.locator("#rate-curve").focus();
            visit.page.keyboard().press("ArrowLeft");
            visit.page.keyboard().press("Shift+ArrowLeft");

            assertThat(visit.page.locator("figure:has(#loss-curve) .plot-legend b"))
                    .containsText("0.089");
            assertThat(visit.page.locator("[data-at]")).containsText("Step 89: Training 0.089, Learning rate 8.9e-4");

            visit.page.keyboard().press("Home");

            assertThat(visit.page.locator("[data-at]")).containsText("Step 1:");
            assertThat(visit.complaints).isEmpty();
        }
    }

    @Test
    void aCurveIsSavedAsAPictureOnWhite() throws IOException {
        try (Visit visit = Visit.of(port, cast.email(Role.MEMBER))) {
            visit.open(page);
            visit.page.evaluate("document.documentElement.dataset.bsTheme = 'dark'");

            Download saved = visit.page.waitForDownload(() ->
                    visit.page.locator("figure:has(#loss-curve) [data-png]").click());

            assertThat(saved.suggestedFilename()).isEqualTo("tasks-" + task.number() + "-loss.png");
            BufferedImage picture = ImageIO.read(saved.path().toFile());
            assertThat(picture.getWidth()).isEqualTo(1600);
            assertThat(picture.getRGB(0, 0)).isEqualTo(0xffffffff);
            assertThat(IntStream.range(0, picture.getWidth() * picture.getHeight())
                            .filter(at ->
                                    picture.getRGB(at % picture.getWidth(), at / picture.getWidth()) == 0xff0b5fb3)
                            .count())
                    .isGreaterThan(1000);
            assertThat(visit.complaints).isEmpty();
        }
    }

    @Test
    void onANarrowScreenEachFieldStandsBesideItsLabel() {
        try (Visit visit = Visit.of(port, cast.email(Role.MEMBER))) {
            visit.page.setViewportSize(390, 844);
            visit.open(page);
            for (String field : List.of("from", "to", "smooth")) {
                BoundingBox label =
                        visit.page.locator("label[for=" + field + "]").boundingBox();
                BoundingBox box = visit.page.locator("#" + field).boundingBox();
                assertThat(label.y).isBetween(box.y, box.y + box.height);
            }
        }
    }

    @Test
    void aCheckpointIsDeletedOnlyAfterOneWasAsked() {
        fleet("""
                insert into job_checkpoints (tenant_id, job_id, step, path, sha256, size, kept_at)
                select tenant_id, id, 50, 'checkpoint-50/adapter_model.safetensors', repeat('0', 64), 4096, now()
                from jobs where id = '%s'
                """.formatted(task.job().id()));
        try (Visit visit = Visit.withoutScript(port)) {
            visit.signIn(cast.email(Role.MEMBER), Cast.PASSWORD);
            visit.open(page + "/checkpoints/50/delete");
            assertThat(visit.page.locator("h1")).containsText("Delete the checkpoint of step 50");

            visit.page.locator("main .btn-quiet").click();

            assertThat(visit.path()).isEqualTo(page);
            assertThat(checkpoints()).isOne();

            visit.open(page + "/checkpoints/50/delete");
            visit.page.locator("main .btn-danger-full").click();

            assertThat(visit.page.locator("main")).containsText("The checkpoint of step 50 is deleted.");
            assertThat(checkpoints()).isZero();
            assertThat(visit.open(page + "/checkpoints/50/delete")).isEqualTo(404);
        }
    }

    private long checkpoints() {
        return as(() -> Objects.requireNonNull(
                transactions.execute(_ -> jdbc.sql("select count(*) from job_checkpoints where job_id = ?")
                        .param(task.job().id())
                        .query(Long.class)
                        .single())));
    }

    private void fleet(String sql) {
        FleetScope.run(
                () -> transactions.executeWithoutResult(_ -> jdbc.sql(sql).update()));
    }

    /** Not who reads the pages: the bells of those ring in other tests. */
    private <T> T as(Supplier<T> work) {
        return TenantScope.call(
                cast.tenant.id(), () -> cast.as(cast.email(Role.ADMIN)).call(work::get));
    }
}
