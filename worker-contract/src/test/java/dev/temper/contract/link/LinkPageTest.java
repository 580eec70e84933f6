package dev.temper.contract.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page docs/worker-link.md says what the records say; {@code -Dtemper.docs=write} writes it anew. */
class LinkPageTest {
    private static final Path PAGE = Path.of("../docs/worker-link.md");

    @Test
    void thePageIsMadeFromTheRecords() throws IOException {
        String page = LinkPage.of(Path.of("src/main/java/dev/temper/contract/link"));
        if ("write".equals(System.getProperty("temper.docs"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).hasContent(page);
    }
}
