package dev.temper.web.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.temper.platform.tenant.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** From rows to a task in the queue, a step at a time, without any script. */
@PagesTest
class NewTaskTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Cast cast;

    @TempDir
    private Path folder;

    @Test
    void aDraftIsFilledChangedInTwoWindowsAndBecomesOneTask() throws IOException {
        String email = cast.person("Trains");
        cast.join(cast.tenant("Trains"), email, Role.OWNER);
        try (Visit first = Visit.withoutScript(port);
                Visit second = Visit.withoutScript(port)) {
            first.signIn(email, Cast.PASSWORD);
            String home = first.path();
            rows(first, home);

            first.open(home + "/tasks/new");
            first.page.click("button[name=pick]");
            first.page.click("button[value=temper-mini]");
            first.page.click("button[value=default]");
            assertThat(first.page.inputValue("#learningRate")).isEqualTo("1e-4");
            assertThat(first.page.inputValue("#rank")).isEqualTo("8");
            assertThat(first.page.innerText("#dropout-hint")).contains("0.3");
            first.page.fill("#rank", "４"); // full width
            String parameters = first.page.url();

            second.signIn(email, Cast.PASSWORD);
            second.page.navigate(parameters);
            second.page.fill("#epochs", "2");
            second.page.click("button[value=parameters]");
            assertThat(second.page.inputValue("#epochs")).isEqualTo("2");
            first.page.click("button[value=review]");
            assertThat(first.page.innerText("h1")).isEqualTo("Two windows changed this draft");
            first.page.click("main form button");
            assertThat(first.page.inputValue("#epochs"))
                    .as("of the other window")
                    .isEqualTo("2");
            assertThat(first.page.inputValue("#rank")).as("of this one").isEqualTo("４");
            first.page.click("button[value=review]");

            String review = first.page.url();
            assertThat(first.page.innerText("#estimate")).contains("Steps");
            assertThat(first.page.textContent("#call-curl")).contains("\"rank\" : 4");
            first.page.fill("#name", "Trial");
            first.page.click("#start");
            assertThat(first.page.innerText("h1")).isEqualTo("#1 Trial");
            assertThat(first.page.innerText("#task")).contains("temper-mini");

            first.page.navigate(review);
            assertThat(first.page.innerText("main")).contains("This draft became task #1.");
            first.page.click("text=Clone");
            assertThat(first.page.inputValue("#name")).isEqualTo("Trial");
            assertThat(first.complaints).isEmpty();
        }
    }

    private void rows(Visit visit, String home) throws IOException {
        String rows = IntStream.range(0, 9)
                .mapToObj("{\"instruction\":\"Question %1$d\",\"output\":\"Answer %1$d\"}"::formatted)
                .collect(Collectors.joining("\n"));
        visit.open(home + "/datasets/import");
        visit.page.setInputFiles("#file", Files.writeString(folder.resolve("faq.jsonl"), rows));
        visit.page.selectOption("#recipe", "none");
        visit.page.click("main button.btn-primary");
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            visit.page.reload();
            return visit.page.locator(".page-actions a.btn-primary").count() == 1;
        });
    }
}
