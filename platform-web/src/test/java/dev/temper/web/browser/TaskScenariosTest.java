package dev.temper.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.temper.data.recipe.Recipe;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.job.Failure;
import dev.temper.platform.job.FailureClass;
import dev.temper.platform.job.RunEnd;
import dev.temper.platform.task.Draft;
import dev.temper.platform.task.Drafts;
import dev.temper.platform.task.TaskRequest;
import dev.temper.platform.task.TaskRequest.Ingredient;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.TenantView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** What people do with tasks, as the specification of the pages tells it, with a card that trains as the test says. */
@PagesTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskScenariosTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @LocalServerPort
    private int port;

    @Autowired
    private Cast cast;

    @Autowired
    private Trainings trainings;

    @Autowired
    private Imports imports;

    @Autowired
    private Blobs blobs;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Drafts drafts;

    private TenantView tenant;
    private String person;
    private String colleague;
    private String home;
    private UUID version;

    @BeforeAll
    void aTenantWithRows() {
        tenant = cast.tenant("Scenarios");
        home = "/t/" + tenant.slug();
        person = cast.person("Scenario");
        colleague = cast.person("Colleague");
        cast.join(tenant, person, Role.OWNER);
        cast.join(tenant, colleague, Role.VIEWER);
        String rows = "{\"instruction\":\"Where to?\",\"output\":\"To the front desk.\"}\n".repeat(2)
                + "{\"instruction\":\"几点开门？\",\"output\":\"八点。\"}\n";
        Blob file = does(() -> blobs.store(out -> out.write(rows.getBytes(StandardCharsets.UTF_8))));
        ImportView begun = does(
                () -> imports.start(new Imports.Wanted(null, "Questions", "rows.jsonl", file, null, Recipe.EMPTY)));
        await().atMost(SOON)
                .until(() -> does(() -> imports.get(begun.id())).state().over());
        version = Objects.requireNonNull(does(() -> imports.get(begun.id())).resultVersion());
    }

    private <T> T does(Supplier<T> work) {
        return TenantScope.call(tenant.id(), () -> cast.as(person).call(work::get));
    }

    private TaskView start(String name, String pool, String settings) {
        return does(() -> tasks.start(new TaskRequest(
                name, "temper-mini", List.of(new Ingredient(version, 1)), settings, pool, 1, null, 50)));
    }

    @Test
    void aCurveIsWholeAfterARefreshAndAClosedBrowserAndFollowsWhatComes() {
        Trainings.Card card = trainings.card(tenant, "scenes-curve");
        TaskView task = start("Followed", "scenes-curve", "{}");
        Trainings.Training training = card.next();
        training.takes(1, 60);
        try (Visit visit = Visit.of(port, person)) {
            visit.open(home + "/tasks/" + task.number());
            Locator drawn =
                    visit.page.locator("#loss-plot ~ .plot-area polyline").first();
            String before = drawn.getAttribute("points");
            visit.page.reload();
            assertThat(drawn).hasAttribute("points", before);

            training.takes(61, 80);
            assertThat(visit.page.locator("#task .lead")).containsText("step 80 of 216");
            assertThat(drawn).not().hasAttribute("points", before);
            assertThat(visit.complaints).isEmpty();
        }
        training.takes(81, 100);
        try (Visit visit = Visit.of(port, colleague)) {
            visit.open(home + "/tasks/" + task.number());
            assertThat(visit.page.locator("#task .lead")).containsText("step 100 of 216");
        }
        assertThat(does(() -> tasks.curve(task)).of("loss")).hasSize(100);
    }

    @Test
    void whoCancelsSecondIsToldThatItWasDone() {
        TaskView task = start("Twice", "default", "{}");
        try (Visit first = Visit.of(port, person);
                Visit second = Visit.of(port, person)) {
            first.open(home + "/tasks/" + task.number());
            second.open(home + "/tasks/" + task.number() + "/cancel");
            Visit third = Visit.of(port, person);
            third.open(home + "/tasks/" + task.number() + "/cancel");
            third.page.click("main .btn-danger-full");
            third.close();

            assertThat(first.page.locator("#task .lead [role=status]")).containsText("Cancelled");
            second.page.click("main .btn-danger-full");
            assertThat(second.page.locator("main")).containsText("Nothing was changed");
        }
    }

    @Test
    void sixClicksStartATaskAndPressedTwiceItIsOne() {
        try (Visit visit = Visit.of(port, person)) {
            visit.open(home + "/tasks");
            long before = visit.page.locator("tbody tr").count();
            Page page = visit.page;
            page.click(".page-actions a.btn-primary");
            page.click("button[name=pick]");
            page.click("button[value=temper-mini]");
            page.click("button[value=default]");
            page.click("button[value=review]");
            page.fill("#name", "Six clicks");
            page.dblclick("#start");
            assertThat(page.locator("h1")).containsText("Six clicks");

            visit.open(home + "/tasks?q=six+clicks");
            assertThat(page.locator("tbody tr")).hasCount(1);
            visit.open(home + "/tasks");
            assertThat(page.locator("tbody tr").count()).isGreaterThan((int) before);
            assertThat(visit.complaints).isEmpty();
        }
    }

    @Test
    void theKeyboardAloneStartsOneToo() {
        try (Visit visit = Visit.of(port, person)) {
            visit.open(home + "/tasks/new");
            for (String next : List.of(
                    "button[name=pick]",
                    "button[value=temper-mini]",
                    "button[value=default]",
                    "button[value=review]")) {
                tabTo(visit.page, next);
                visit.page.keyboard().press("Enter");
                visit.page.waitForLoadState();
            }
            tabTo(visit.page, "#start");
            visit.page.keyboard().press("Enter");
            assertThat(visit.page.locator("#task .lead [role=status]")).containsText("Queued");
        }
    }

    private static void tabTo(Page page, String selector) {
        Locator wanted = page.locator(selector).first();
        wanted.waitFor();
        for (int i = 0; i < 120; i++) {
            if ((boolean) wanted.evaluate("element => element === document.activeElement")) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("Tab never came to " + selector);
    }

    @Test
    void whatWaitsSaysWhyAndBeginsWhenTheOneAheadEnds() {
        Trainings.Card card = trainings.card(tenant, "scenes-full");
        start("Ahead", "scenes-full", "{}");
        Trainings.Training ahead = card.next();
        ahead.takes(1, 3);
        TaskView task = start("Behind", "scenes-full", "{}");
        try (Visit visit = Visit.of(port, person)) {
            visit.open(home + "/tasks/" + task.number());
            assertThat(visit.page.locator("#task .note")).containsText("Position 1");
            assertThat(visit.page.locator("#task .note time")).isVisible();

            ahead.ends(new RunEnd.Succeeded());
            card.next().takes(1, 2);
            assertThat(visit.page.locator("#task .lead [role=status]")).containsText("Running");
            assertThat(visit.page.locator("#task .note")).hasCount(0);
        }
    }

    @Test
    void aPausedTaskGoesOnWhereItsCheckpointIs() {
        Trainings.Card card = trainings.card(tenant, "scenes-pause");
        TaskView task = start("Paused", "scenes-pause", "{}");
        Trainings.Training training = card.next();
        training.takes(1, 55);
        try (Visit visit = Visit.of(port, person)) {
            visit.open(home + "/tasks/" + task.number());
            visit.page.click("#pause");
            training.keeps(50);
            training.ends(new RunEnd.Stopped());
            Locator status = visit.page.locator("#task .lead [role=status]");
            assertThat(status).containsText("Paused");

            visit.page.click("#resume");
            card.next().takes(51, 70);
            assertThat(status).containsText("Running");
            assertThat(visit.page.locator("#task .lead")).containsText("step 70 of 216");
        }
        assertThat(does(() -> tasks.curve(task)).of("loss"))
                .extracting("step")
                .doesNotHaveDuplicates()
                .hasSize(70);
    }

    @Test
    void whatDoesNotFitIsHeldBackAndOnePressMakesItFit() {
        trainings.card(tenant, "scenes-large");
        long full = needed(start("All weights", "scenes-large", SMALL.formatted("full")));
        long lora = needed(start("Few weights", "scenes-large", SMALL.formatted("lora")));
        assertThat(full).isGreaterThan(lora);
        trainings.card(tenant, "scenes-small", (full + lora) / 2);
        Draft draft = does(() -> drafts.begin(Map.of(
                "name",
                "Too large",
                "data",
                version + ":1",
                "model",
                "temper-mini",
                "pool",
                "scenes-small",
                "method",
                "full")));
        try (Visit visit = Visit.of(port, person)) {
            visit.open(home + "/tasks/new/" + draft.number() + "/review");
            assertThat(visit.page.locator("#refused")).containsText("memory_too_small");
            assertThat(visit.page.locator("#start")).isDisabled();
            visit.page.click("#refused button");
            assertThat(visit.page.locator("#refused")).hasCount(0);
            assertThat(visit.page.locator("#start")).isEnabled();
        }
    }

    /** As a run on a small card is planned: in small portions. */
    private static final String SMALL = "{\"method\":{\"type\":\"%s\"},\"batch\":{\"tokensPerMicroBatch\":64}}";

    private static long needed(TaskView task) {
        return JsonMapper.shared()
                .readTree(Objects.requireNonNull(task.predicted()))
                .at("/memory/needed")
                .asLong();
    }

    @Test
    void aLossThatIsNoNumberIsExplainedWithWhatToDo() {
        Trainings.Card card = trainings.card(tenant, "scenes-nan");
        TaskView task = start("Diverged", "scenes-nan", "{}");
        Trainings.Training training = card.next();
        training.takes(1, 36);
        training.ends(new RunEnd.Failed(new Failure(
                FailureClass.USER,
                "loss_not_finite",
                "The loss became NaN at step 37.",
                "Lower the learning rate, 5e-3 is fifty times the advised.")));
        try (Visit visit = Visit.of(port, person)) {
            visit.open(home + "/tasks/" + task.number());
            assertThat(visit.page.locator("#task .lead [role=status]")).containsText("Failed");
            assertThat(visit.page.locator("#task [role=alert]")).containsText("step 37");
            assertThat(visit.page.locator("#task [role=alert]")).containsText("learning rate");
            visit.page.click("#clone");
            visit.page.click("a[href$='/parameters'] >> nth=0");
            assertThat(visit.page.locator("#learningRate")).isVisible();
        }
    }

    @Test
    void comparedAreOnlyTheSettingsThatDifferAndTheLinkShowsTheSame() {
        for (int rank : new int[] {4, 8, 16}) {
            start("Rank " + rank, "default", "{\"method\":{\"type\":\"lora\",\"rank\":%d}}".formatted(rank));
        }
        try (Visit visit = Visit.of(port, person);
                Visit other = Visit.of(port, colleague)) {
            visit.open(home + "/tasks?q=rank&sort=name");
            for (Locator tick : visit.page.locator("input[name=runs]").all()) {
                tick.check();
            }
            visit.page.click("text=Compare the ticked");
            Locator differing = visit.page.locator("section[aria-labelledby=differing-heading] tbody tr");
            assertThat(differing.filter(new Locator.FilterOptions().setHasText("rank")))
                    .hasCount(1);
            List<String> shown = differing.allInnerTexts();
            assertThat(shown).noneMatch(row -> row.contains("learningRate"));

            other.open(visit.path());
            assertThat(other.page
                            .locator("section[aria-labelledby=differing-heading] tbody tr")
                            .allInnerTexts())
                    .isEqualTo(shown);
        }
    }

    @Test
    void aFileWithAKeyNobodyKnowsStartsNothingAndNamesIt() {
        try (Visit visit = Visit.of(port, person)) {
            visit.open(home + "/tasks/new");
            visit.page.click("summary:has-text('YAML')");
            visit.page.fill("#yaml", "model_name_or_path: temper-mini\nstage: sft\nlearning_rat: 1.0e-4\n");
            visit.page.click("form[action$='/import'] button");
            assertThat(visit.page.locator("main")).containsText("learning_rat");
            assertThat(visit.page.locator("#yaml"))
                    .hasValue("model_name_or_path: temper-mini\nstage: sft\nlearning_rat: 1.0e-4\n");
        }
    }

    @Test
    void filtersAreInTheAddressAndTheWayBackLeadsToTheSameRows() {
        start("Filtered one", "default", "{}");
        start("Filtered two", "default", "{\"method\":{\"type\":\"full\"}}");
        try (Visit visit = Visit.of(port, person);
                Visit other = Visit.of(port, colleague)) {
            visit.open(home + "/tasks");
            visit.page.fill("#q", "filtered");
            visit.page.selectOption("#method", "full");
            assertThat(visit.page.locator("tbody tr")).hasCount(1);
            assertThat(visit.path()).contains("method=full").contains("q=filtered");
            visit.page.click("tbody th a");
            assertThat(visit.page.locator("h1")).containsText("Filtered two");
            visit.page.goBack();
            assertThat(visit.page.locator("tbody tr")).hasCount(1);
            visit.page.goForward();
            assertThat(visit.page.locator("h1")).containsText("Filtered two");
            visit.page.goBack();

            other.open(visit.path());
            assertThat(other.page.locator("tbody th")).containsText("Filtered two");
            assertThat(other.page.locator("text=Cancel the ticked")).hasCount(0);
        }
    }

    @Test
    void allThatMatchAreCancelledAtOnceAndCounted() {
        start("Bulk one", "default", "{}");
        start("Bulk two", "default", "{}");
        try (Visit visit = Visit.of(port, person)) {
            visit.open(home + "/tasks?q=bulk");
            visit.page.click("text=Cancel all that match");
            visit.page.click("text=Cancel 2 tasks");
            assertThat(visit.page.locator("main")).containsText("Cancelled: 2.");
            visit.open(home + "/tasks?q=bulk&state=cancelled");
            assertThat(visit.page.locator("tbody tr")).hasCount(2);
        }
    }

    /** Browsers open six connections to a server of this kind; a stream that is kept takes one. */
    @Test
    void aNinthPageOpensBesideEightThatAreLive() {
        TaskView task = start("Watched", "default", "{}");
        try (Visit visit = Visit.of(port, person)) {
            List<Page> pages = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Page page = visit.page.context().newPage();
                page.navigate(home + "/tasks/" + task.number());
                pages.add(page);
            }
            visit.open(home + "/tasks");
            assertThat(visit.page.locator("tbody")).containsText("Watched");
            pages.forEach(Page::close);
        }
    }

    @Test
    void withoutScriptATaskIsWatchedAndCancelled() {
        Trainings.Card card = trainings.card(tenant, "scenes-plain");
        TaskView task = start("Plain", "scenes-plain", "{}");
        card.next().takes(1, 40);
        try (Visit visit = Visit.withoutScript(port)) {
            visit.signIn(person, Cast.PASSWORD);
            visit.open(home + "/tasks/" + task.number());
            assertThat(visit.page.locator("#loss-plot ~ .plot-area polyline").count())
                    .isPositive();
            assertThat(visit.page.locator("noscript meta[http-equiv=refresh]").count())
                    .isEqualTo(1);
            visit.page.click("#cancel");
            visit.page.click("main .btn-danger-full");
            assertThat(visit.page.innerText("#task .lead [role=status]")).contains("Cancelled");
        }
    }
}
