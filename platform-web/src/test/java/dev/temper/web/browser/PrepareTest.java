package dev.temper.web.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.temper.platform.tenant.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** From a file to a prepared version by a chain of steps, without any script. */
@PagesTest
class PrepareTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Cast cast;

    @TempDir
    private Path folder;

    @Test
    void aChainIsBuiltTriedKeptAndRun() throws IOException {
        String email = cast.person("Prepares");
        cast.join(cast.tenant("Prepares"), email, Role.OWNER);
        Path file = Files.writeString(folder.resolve("faq.jsonl"), """
                {"instruction":"What is this?","output":"A thing %s"}
                {"instruction":"What is this?","output":"A thing %s"}
                {"instruction":"And that?","output":"No"}
                """.replace("%s", Cast.HOSTILE));
        try (Visit owner = Visit.withoutScript(port)) {
            owner.signIn(email, Cast.PASSWORD);
            String home = owner.path();
            owner.open(home + "/datasets/import");
            owner.page.setInputFiles("#file", file);
            owner.page.selectOption("#recipe", "none");
            owner.page.click("main button.btn-primary");
            done(owner);
            owner.page.click(".page-actions a.btn-primary");
            owner.page.click("main >> text=Prepare");

            assertThat(owner.page.locator(".chain > li").count()).isEqualTo(4);
            owner.page.selectOption("#kind", "filter_length");
            owner.page.click("text=Add step");
            owner.page.click("button[value='up:4']");
            assertThat(owner.page.innerText("#steps-3 legend")).isEqualTo("4. Leave out by length");
            owner.page.fill("#steps-3-minAnswer", "99999");
            owner.page.click("text=Try on the first rows");
            assertThat(owner.page.innerText("#steps-3-minAnswer-wrong")).contains("no more than the greatest");
            owner.page.fill("#steps-3-minAnswer", "3");
            owner.page.click("button[value='remove:4']");
            owner.page.click("text=Try on the first rows");
            assertThat(owner.page.innerText("#trial [role=status]"))
                    .contains("3 rows tried + 0 added = 1 kept + 2 left out");
            assertThat(owner.page.innerText("#trial table >> nth=-1")).contains("The same stands already at");

            owner.page.click("text=Save these steps as a recipe");
            owner.page.fill("#name", "Tidy");
            owner.page.click("button[value=save]");
            assertThat(owner.page.innerText("[role=status]")).contains("“Tidy” is saved");
            owner.page.click("text=Run over all rows");
            done(owner);
            assertThat(owner.page.innerText("main"))
                    .contains("What each step did", "Exact duplicate", "Answer too short");

            owner.open(home + "/datasets/recipes");
            owner.page.click("text=Tidy");
            owner.page.click("button[value='remove:0']");
            owner.page.click("main .btn-primary");
            assertThat(owner.page.innerText("tbody")).contains("Tidy", "v2");
            assertThat(owner.complaints).isEmpty();
        }
    }

    private static void done(Visit owner) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            owner.page.reload();
            return owner.page.locator(".page-actions a.btn-primary").count() == 1;
        });
    }
}
