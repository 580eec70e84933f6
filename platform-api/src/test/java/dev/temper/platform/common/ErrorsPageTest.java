package dev.temper.platform.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages on troubleshooting say what the platform says, code by code. {@code -Dtemper.docs=write} writes them anew.
 */
class ErrorsPageTest {
    private static final String TITLE = ".title";
    private static final Map<String, Path> PAGES = Map.of(
            "en", Path.of("../docs/errors.md"),
            "zh-CN", Path.of("../docs/errors.zh-CN.md"));

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-CN"})
    void thePageSaysWhatThePlatformSays(String language) throws IOException {
        Path file = PAGES.get(language);
        Locale locale = Locale.forLanguageTag(language);
        String page = Files.readString(file);
        String made = filled(filled(page, "ErrorCode", answers(locale)), "coded", refusals(locale));
        if ("write".equals(System.getProperty("temper.docs"))) {
            Files.writeString(file, made);
        }

        assertThat(page).as("run this test with -Dtemper.docs=write").isEqualTo(made);
    }

    /** The page with what stands between the two marks of a part replaced. */
    private static String filled(String page, String part, String rows) {
        String begin = "<!-- made from %s by ErrorsPageTest -->\n".formatted(part);
        int from = page.indexOf(begin) + begin.length();
        return page.substring(0, from) + rows + page.substring(page.indexOf("<!-- end -->", from));
    }

    private static String answers(Locale locale) {
        return Arrays.stream(ErrorCode.values())
                .sorted(Comparator.comparing(ErrorCode::code))
                .map(code -> "| `%s` | %d | **%s**%s%s |\n"
                        .formatted(
                                code.code(),
                                code.status(),
                                ErrorTexts.title(code, locale),
                                stop(locale),
                                inCell(ErrorTexts.pattern(code, locale))))
                .collect(Collectors.joining());
    }

    private static String refusals(Locale locale) {
        return codes(ErrorTexts.bundle("coded", locale))
                .map(code -> row(code, CodedTexts.pattern(code, locale).orElseThrow(), locale))
                .collect(Collectors.joining());
    }

    private static String row(String code, CodedTexts.Said said, Locale locale) {
        return "| `%s` | **%s**%s%s |\n".formatted(code, said.title(), stop(locale), inCell(said.sentence(locale)));
    }

    private static Stream<String> codes(ResourceBundle words) {
        return words.keySet().stream()
                .filter(key -> key.endsWith(TITLE))
                .map(key -> key.substring(0, key.length() - TITLE.length()))
                .sorted();
    }

    private static String stop(Locale locale) {
        return locale.getLanguage().equals("zh") ? "。" : ". ";
    }

    private static String inCell(String sentence) {
        return sentence.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
    }
}
