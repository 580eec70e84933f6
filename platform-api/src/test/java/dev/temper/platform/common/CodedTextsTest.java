package dev.temper.platform.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temper.contract.CodedException;
import dev.temper.data.read.ReadCode;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.recipe.StepKinds;
import dev.temper.data.shape.MappingJson;
import dev.temper.data.shape.ShapeCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a file, a mapping or a recipe is refused or left out for, is said in both languages. */
class CodedTextsTest {
    private static final Locale ENGLISH = Locale.ENGLISH;
    private static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;
    private static final Pattern NOT_OUR_TONE =
            Pattern.compile("(?i)\\b(invalid|oops|sorry|please|failed to|illegal|forbidden)\\b|您|抱歉|对不起|亲|非法|!|！");
    private static final Pattern THROWN = Pattern.compile(
            "CodedException\\s*\\.(?:user|resources|internal)\\(\\s*\"([a-z_]+)\"|\"(recipe_[a-z_]+)\"");

    @Test
    void everyReasonOfARowLeftOutHasWords() {
        Set<String> reasons = Stream.of(
                        Arrays.stream(ReadCode.values()).map(ReadCode::code),
                        Arrays.stream(ShapeCode.values()).map(ShapeCode::code),
                        StepKinds.all().stream().flatMap(kind -> kind.reasons().stream()))
                .flatMap(Function.identity())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(bundle(ENGLISH).keySet())
                .containsAll(reasons.stream().map(code -> code + ".title").toList());
    }

    @Test
    void everyFailureOfTheModuleDataHasWords() {
        Set<String> thrown = sources(Path.of("../data/src/main/java"))
                .flatMap(source -> THROWN.matcher(source).results())
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(thrown).hasSizeGreaterThan(10);
        assertThat(bundle(ENGLISH).keySet())
                .containsAll(thrown.stream().map(code -> code + ".title").toList());
    }

    @Test
    void bothLanguagesSayTheSameWithTheSameFacts() {
        ResourceBundle english = bundle(ENGLISH);
        ResourceBundle chinese = bundle(CHINESE);
        assertThat(new TreeSet<>(chinese.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
        for (String key : english.keySet()) {
            String code = key.substring(0, key.indexOf('.'));
            assertThat(english.keySet()).contains(code + ".title", code + ".detail", code + ".remedy");
            assertThat(chinese.getString(key)).as(key).isNotEqualTo(english.getString(key));
            assertThat(english.getString(key) + chinese.getString(key)).doesNotContainPattern(NOT_OUR_TONE);
        }
        // A fact of one language's sentence is one that the failure has, so the other may name it too.
        assertThat(english.keySet())
                .filteredOn(key -> key.endsWith(".detail"))
                .allSatisfy(key ->
                        assertThat(places(chinese.getString(key))).as(key).isSubsetOf(places(english.getString(key))));
    }

    @Test
    void aRecipeWithSeveralFaultsNamesEachInChinese() {
        CodedException refused = refusal("""
                {"version": 1, "steps": [{"step": "token_limit", "tokens": 1}, {"step": "normalize"},
                                         {"step": "filter_pattern", "pattern": "("}]}
                """);
        assertThat(CodedTexts.of(refused, CHINESE).sentence(CHINESE)).isEqualTo("处理配方有 3 处错误。逐一修正后重试。");
        assertThat(CodedTexts.faults(refused, CHINESE))
                .extracting(CodedTexts.CodedFault::pointer, CodedTexts.CodedFault::code)
                .containsExactly(
                        tuple("/steps/0/tokens", "recipe_setting_wrong"),
                        tuple("/steps/1/step", "recipe_step_unknown"),
                        tuple("/steps/2/pattern", "recipe_setting_wrong"));
        assertThat(CodedTexts.faults(refused, CHINESE).getFirst().sentence())
                .isEqualTo("/steps/0/tokens 不能为 1。改为 8 到 10,000,000 之间的整数。");
        assertThat(CodedTexts.faults(refused, ENGLISH).getLast().sentence()).contains("RE2");
    }

    @Test
    void aMappingSaysWhatIsWrongInChinese() {
        CodedException refused = assertThrows(
                CodedException.class, () -> MappingJson.read("{\"shape\":\"columns\",\"fields\":{\"user\":7}}"));
        assertThat(CodedTexts.of(refused, CHINESE).sentence(CHINESE)).isEqualTo("字段映射的“/fields/user”不是文本。修正该处。");
    }

    @Test
    void whatHasNoWordsKeepsItsOwn() {
        CodedException other = CodedException.user("not_in_our_book", "It is so.", "Change it.");
        assertThat(CodedTexts.of(other, CHINESE).sentence(ENGLISH)).isEqualTo("It is so. Change it.");
        assertThat(CodedTexts.find("exact_duplicate", Map.of("of", "a.csv:3"), CHINESE)
                        .orElseThrow()
                        .detail())
                .contains("a.csv:3");
    }

    private static CodedException refusal(String recipe) {
        return assertThrows(CodedException.class, () -> RecipeJson.read(recipe));
    }

    private static ResourceBundle bundle(Locale locale) {
        return ErrorTexts.bundle("coded", locale);
    }

    private static Set<String> places(String text) {
        return Pattern.compile("\\{(\\w+)}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static Stream<String> sources(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            return java.stream().map(CodedTextsTest::text);
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
