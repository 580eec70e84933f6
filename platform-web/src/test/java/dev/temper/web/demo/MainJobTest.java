package dev.temper.web.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What the demo is made of; the whole of it takes a minute and is run by {@code ./temper demo}. */
class MainJobTest {
    @TempDir
    Path folder;

    @Test
    void whatIsAskedStandsInNoRow() {
        List<String> asked = new String(MainJob.rows(), StandardCharsets.UTF_8)
                .lines()
                .map(line ->
                        JsonMapper.shared().readTree(line).path("instruction").asString())
                .toList();

        assertThat(asked).hasSizeGreaterThan(400).doesNotContainAnyElementsOf(MainJob.QUESTIONS);
    }

    @Test
    void theStoryKeepsTheFirstAndTheLastLossAndShowsOnlySomeBetween() {
        List<String> shown = new ArrayList<>();
        Story story = new Story(shown::add);
        story.at("QUEUED");
        story.at("QUEUED");
        for (int step = 0; step <= 100; step += 5) {
            story.tell(JsonMapper.shared().readTree("""
                            [{"id": %1$d, "body": {"step": %1$d, "totalSteps": 100, "values": {"loss": 3}}},
                             {"id": %1$d, "body": {"step": %1$d, "totalSteps": 100, "values": {"eval_loss": %2$d}}}]
                            """.formatted(step, 200 - step)));
        }

        assertThat(story.firstLoss()).isEqualTo(200);
        assertThat(story.lastLoss()).isEqualTo(100);
        assertThat(story.seen()).isEqualTo(100);
        assertThat(shown).hasSize(1 + 6).first().isEqualTo("  The run is queued");
    }

    @Test
    void answersComeLineByLineAndAFailureOfTheModelIsTold() throws IOException {
        Answers answers = new Answers(script("shift; read a; read b; echo \"$1 $a\"; echo \"$2 $b\""), Path.of("m"));

        assertThat(answers.to(List.of("谁", "who"), Path.of("a"))).containsExactly("m 谁", "--adapter who");
        assertThatThrownBy(() -> new Answers(script("exit 3"), Path.of("m")).to(List.of("who"), null))
                .isInstanceOf(DemoFailed.class)
                .hasMessageContaining("exit 3");
    }

    private Path script(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("script" + text.hashCode()), "#!/bin/bash\n" + text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
