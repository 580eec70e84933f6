package dev.temper.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import dev.temper.platform.tenant.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A large file from a browser, with everything that comes between. */
@PagesTest
class UploadTest {
    private static final String PARTS = "**/parts/*";
    private static final IsVisibleOptions IMPORTED = new IsVisibleOptions().setTimeout(60_000);

    private static final HasCountOptions SETTLED = new HasCountOptions().setTimeout(60_000);

    @LocalServerPort
    private int port;

    @Autowired
    private Cast cast;

    @TempDir
    private Path folder;

    private @Nullable String home;
    private String person;

    @BeforeEach
    void tenant() {
        person = cast.person("Uploads");
        cast.join(cast.tenant("Uploads"), person, Role.MEMBER);
    }

    @Test
    void aFileGoesOnWhereItStopped() throws IOException {
        Path file = file("ours", 'a');
        Path other = file("theirs", 'b');
        List<String> sent = new CopyOnWriteArrayList<>();
        try (Visit member = Visit.of(port, person)) {
            open(member);
            member.page.route(PARTS, route -> {
                if (route.request().url().endsWith("/2")) {
                    route.abort();
                } else {
                    route.resume();
                }
            });
            choose(member, file);
            assertThat(member.page.locator("[data-status]")).containsText("The connection broke");
            assertThat(member.page.locator("[data-figures]")).containsText("16 of 20 MiB · ");
            member.page.click("[data-pause]");
            assertThat(member.page.locator("[data-status]")).containsText("Paused");

            open(member);
            assertThat(member.page.innerText("[data-kept]")).contains("16 of 20 MiB kept, choose the same file again");
            member.page.unroute(PARTS);
            choose(member, other);
            assertThat(member.page.locator("[data-status]")).containsText("not the file the upload began with");

            open(member);
            member.page.onRequest(request -> sent.add(request.method() + " " + request.url()));
            choose(member, file);
            member.page.waitForURL("**/import/*-*");
            assertThat(member.page.locator("h1")).hasText("rows.jsonl");
            assertThat(member.page.locator("text=Open the dataset")).isVisible(IMPORTED);
            assertThat(sent.stream()
                            .filter(request -> request.startsWith("PUT"))
                            .map(request -> request.substring(request.lastIndexOf('/'))))
                    .containsExactly("/1", "/2");
            member.complaints.removeIf(complaint -> complaint.contains("net::ERR_FAILED"));
            assertThat(member.complaints).isEmpty();
        }
    }

    @Test
    void aCancelledUploadIsGone() throws IOException {
        try (Visit member = Visit.of(port, person)) {
            open(member);
            member.page.route(PARTS, Route::abort);
            choose(member, file("ours", 'a'));
            assertThat(member.page.locator("[data-status]")).containsText("The connection broke");
            member.page.click("[data-pause]");
            open(member);
            assertThat(member.page.locator("[data-kept]")).hasCount(1);
            choose(member, folder.resolve("ours/rows.jsonl"));
            member.page.click("[data-stop]");
            assertThat(member.page.locator("[data-kept]")).hasCount(0);
        }
    }

    @Test
    void severalFilesAndPastedRowsComeInAsDatasetsOfTheirOwn() throws IOException {
        Path small = Files.writeString(folder.resolve("small.jsonl"), "{\"text\":\"a text of its own\"}\n");
        try (Visit member = Visit.of(port, person)) {
            open(member);
            member.page.setInputFiles("#file", new Path[] {file("ours", 'c'), small});
            member.page.fill("#name", "Both");
            member.page.click("[data-submit]");
            member.page.waitForURL("**/import/all");
            assertThat(member.page.locator("#imports tbody tr")).hasCount(2);
            assertThat(member.page.locator("#imports progress")).hasCount(0, SETTLED);

            open(member);
            member.page.click("text=Or paste rows");
            member.page.fill("#pasted", "question\tanswer\nWhen do you open?\tAt nine.\n");
            member.page.click("[data-submit]");
            member.page.waitForURL("**/import/*-*");
            assertThat(member.page.locator("text=Open the dataset")).isVisible(IMPORTED);
            member.open(home + "/datasets");
            assertThat(member.page.locator("tbody th"))
                    .containsText(new String[] {"pasted", "Both · small.jsonl", "Both · rows.jsonl"});
            assertThat(member.complaints).isEmpty();
        }
    }

    private void open(Visit member) {
        if (home == null) {
            member.open("/");
            home = member.path();
        }
        member.open(home + "/datasets/import");
    }

    private static void choose(Visit member, Path file) {
        member.page.setInputFiles("#file", file);
        member.page.click("[data-submit]");
    }

    /** 20 MiB of rows, all of the same length. */
    private Path file(String where, char letter) throws IOException {
        String row = "{\"text\":\"" + Character.toString(letter).repeat((1 << 20) - 12) + "\"}\n";
        Path file = Files.createDirectories(folder.resolve(where)).resolve("rows.jsonl");
        return Files.writeString(file, row.repeat(20));
    }
}
