package dev.temper.platform.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code says the same in both languages, in our tone, and somebody throws it. */
class ErrorCodesTest {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern NOT_OUR_TONE = Pattern.compile(
            "(?i)\\b(invalid|oops|sorry|please|failed to|illegal|forbidden|bad request)\\b|您|抱歉|对不起|亲|非法|!|！");
    /** Where codes are used; the module of the pages may use them too. */
    private static final List<Path> SOURCES =
            List.of(Path.of("src/main/java"), Path.of("../platform-web/src/main/java"));

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void hasWordsInBothLanguages(ErrorCode code) {
        for (Locale locale : ErrorTexts.LOCALES) {
            String title = ErrorTexts.title(code, locale);
            String detail = ErrorTexts.pattern(code, locale);
            assertThat(title)
                    .isNotBlank()
                    .doesNotContain("{")
                    .doesNotEndWith(".")
                    .doesNotEndWith("。");
            assertThat(detail).isNotBlank().matches("(?s).*[.。]$");
            assertThat(title + " " + detail).doesNotContainPattern(NOT_OUR_TONE);
        }
        assertThat(places(code, Locale.SIMPLIFIED_CHINESE)).isEqualTo(places(code, Locale.ENGLISH));
    }

    @Test
    void noWordsAreLeftOver() {
        Set<String> known = Stream.concat(
                        Stream.of(ErrorCode.values())
                                .flatMap(c -> Stream.of(c.code() + ".title", c.code() + ".detail")),
                        Stream.concat(
                                Use.KINDS.stream().map(kind -> "use." + kind),
                                Stream.of(Word.values())
                                        .map(w -> "word." + w.name().toLowerCase(Locale.ROOT))))
                .collect(Collectors.toSet());
        for (Locale locale : ErrorTexts.LOCALES) {
            assertThat(ResourceBundle.getBundle("errors", locale).keySet()).isEqualTo(known);
        }
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void isUsed(ErrorCode code) {
        boolean used = Pattern.compile("\\b" + code.name() + "\\b")
                .matcher(Sources.ALL)
                .find();
        assertThat(used).as("%s is used somewhere", code.code()).isTrue();
    }

    @Test
    void fitsItsStatus() {
        assertThat(ErrorCode.values()).allSatisfy(code -> {
            assertThat(code.status()).isBetween(400, 599);
            assertThat(ErrorCode.of(code.code())).contains(code);
            assertThat(code.code()).matches("[a-z][a-z0-9_]*");
            assertThat(code.helpPath()).isEqualTo("/help/errors/" + code.code());
        });
        assertThat(ErrorCode.of("no_such_code")).isEmpty();
    }

    @Test
    void showsFactsAsTheLanguageWritesThem() {
        Map<String, Object> facts =
                Map.of("limit", 1_204, "window", Duration.ofMinutes(1), "wait", Duration.ofMillis(3));
        assertThat(ErrorTexts.detail(ErrorCode.RATE_LIMITED, facts, Locale.ENGLISH))
                .contains("1,204", "60 s", "1 s");
        assertThat(ErrorTexts.detail(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        Map.of("at", Instant.parse("2026-11-23T08:00:00Z")),
                        Locale.ENGLISH))
                .contains("Nov 23, 2026", "UTC");
        assertThat(ErrorTexts.detail(
                        ErrorCode.FIELD_NOT_A_CHOICE,
                        Map.of("value", "{count} $1", "choices", List.of("A", "B")),
                        Locale.SIMPLIFIED_CHINESE))
                .contains("“{count} $1”", "A、B");
        assertThat(ErrorTexts.detail(
                        ErrorCode.FIELD_WRONG_TYPE, Map.of("expected", Word.WHOLE_NUMBER), Locale.SIMPLIFIED_CHINESE))
                .contains("整数");
    }

    private static Set<String> places(ErrorCode code, Locale locale) {
        String text = ResourceBundle.getBundle("errors", locale).getString(code.code() + ".detail");
        return PLACE.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All the code but the registry itself, read once. */
    private static final class Sources {
        static final String ALL = read();

        private static String read() {
            return SOURCES.stream()
                    .filter(Files::isDirectory)
                    .map(Sources::read)
                    .collect(Collectors.joining());
        }

        private static String read(Path root) {
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.endsWith("ErrorCode.java"))
                        .map(Sources::text)
                        .collect(Collectors.joining());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
