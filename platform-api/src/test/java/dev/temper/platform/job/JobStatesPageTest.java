package dev.temper.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page shows the table that the code goes by. {@code -Dtemper.docs=write} writes it anew. */
class JobStatesPageTest {
    private static final Path PAGE = Path.of("../docs/job-states.md");
    private static final String BEGIN = "<!-- made from JobState by JobStatesPageTest -->\n";
    private static final String END = "<!-- end of what is made -->\n";

    @Test
    void thePageShowsTheTable() throws IOException {
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String made = before + "\n" + diagram() + "\n" + table() + "\n" + page.substring(page.indexOf(END));
        if ("write".equals(System.getProperty("temper.docs"))) {
            Files.writeString(PAGE, made);
        }

        assertThat(page).as("run this test with -Dtemper.docs=write").isEqualTo(made);
    }

    private static String diagram() {
        String arrows = Arrays.stream(JobState.values())
                .flatMap(from -> Arrays.stream(JobState.values())
                        .filter(from::canBecome)
                        .map(to -> "    " + from + " --> " + to + "\n"))
                .collect(Collectors.joining());
        String ends = Arrays.stream(JobState.values())
                .filter(JobState::ended)
                .map(state -> "    " + state + " --> [*]\n")
                .collect(Collectors.joining());
        return "```mermaid\nstateDiagram-v2\n    [*] --> QUEUED\n" + arrows + ends + "```\n";
    }

    private static String table() {
        String head = Arrays.stream(JobState.values())
                .map(state -> " " + state.name().toLowerCase(Locale.ROOT) + " |")
                .collect(Collectors.joining());
        String rows = Arrays.stream(JobState.values())
                .map(from -> "| **" + from + "** |"
                        + Arrays.stream(JobState.values())
                                .map(to -> from.canBecome(to) ? " ● |" : "   |")
                                .collect(Collectors.joining())
                        + "\n")
                .collect(Collectors.joining());
        return "| from \\ to |" + head + "\n|---|" + ":-:|".repeat(JobState.values().length) + "\n" + rows;
    }
}
