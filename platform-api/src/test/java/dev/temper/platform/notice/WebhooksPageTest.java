package dev.temper.platform.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written for those who receive messages, and the words of notices. */
class WebhooksPageTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z._]+)` \\|", Pattern.MULTILINE);

    @Test
    void thePageListsEveryTypeOfMessage() throws IOException {
        List<String> listed = ROW.matcher(Files.readString(Path.of("../docs/webhooks.md")))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(NoticeType.CODES.stream(), Stream.of(Deliveries.TEST))
                                .toList());
    }

    @ParameterizedTest
    @EnumSource(NoticeType.class)
    void everyTypeHasWordsInBothLanguages(NoticeType type) {
        String english = NoticeTexts.of(type.code(), "{\"name\":\"Trial\",\"pool\":\"Trial\"}", Locale.ENGLISH);
        String chinese =
                NoticeTexts.of(type.code(), "{\"name\":\"Trial\",\"pool\":\"Trial\"}", Locale.SIMPLIFIED_CHINESE);

        assertThat(english).contains("Trial").isNotEqualTo(chinese);
        assertThat(chinese).contains("Trial");
        assertThat(NoticeType.of(type.code())).contains(type);
    }
}
