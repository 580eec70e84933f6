package dev.temper.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.Scope;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both languages say everything, and no page says anything past them. */
class MessagesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern KEY = Pattern.compile("#\\{([a-z_.]+)[}(]");
    /** Names and formats that are the same in both. */
    private static final Set<String> SAME =
            Set.of("brand", "audit.csv", "audit.jsonl", "audit.chip.q", "search.shortcut");

    private final Properties english = read("messages.properties");
    private final Properties chinese = read("messages_zh_CN.properties");

    @Test
    void bothHaveTheSameKeys() {
        assertThat(new TreeSet<>(chinese.stringPropertyNames()))
                .isEqualTo(new TreeSet<>(english.stringPropertyNames()));
    }

    @Test
    void nothingIsLeftUntranslated() {
        assertThat(chinese.stringPropertyNames().stream()
                        .filter(key -> chinese.getProperty(key).equals(english.getProperty(key)))
                        .filter(key -> !SAME.contains(key)))
                .isEmpty();
    }

    @Test
    void bothNameTheSameFacts() {
        assertThat(english.stringPropertyNames())
                .allSatisfy(key -> assertThat(places(chinese.getProperty(key)))
                        .as(key)
                        .isEqualTo(places(english.getProperty(key))));
    }

    /** MessageFormat takes a straight apostrophe for a quote and swallows it. */
    @Test
    void noWordHoldsAStraightApostrophe() {
        assertThat(Stream.concat(english.values().stream(), chinese.values().stream()))
                .noneMatch(text -> text.toString().contains("'"));
    }

    @Test
    void templatesAskForKnownWordsOnly() {
        Set<String> asked = templates()
                .flatMap(template -> KEY.matcher(template).results())
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(asked).isNotEmpty().isSubsetOf(english.stringPropertyNames());
    }

    @Test
    void whatTheCodeNamesHasWords() {
        Stream<String> actions = Arrays.stream(AuditAction.values()).map(action -> "audit.action." + action.code());
        Stream<String> roles = Arrays.stream(Role.values()).flatMap(role -> pair("role.", role));
        Stream<String> scopes = Arrays.stream(Scope.values()).flatMap(scope -> pair("keys.scope.", scope));
        List<String> needed =
                Stream.of(actions, roles, scopes).flatMap(each -> each).toList();
        assertThat(english.stringPropertyNames()).containsAll(needed);
    }

    private static Stream<String> pair(String prefix, Enum<?> constant) {
        String key = prefix + constant.name().toLowerCase(Locale.ROOT);
        return Stream.of(key, key + ".may");
    }

    /** Text between tags, and in attributes that are read out, comes from the bundles. Keys of a keyboard are no prose. */
    @Test
    void noTemplateHoldsProse() {
        Pattern text = Pattern.compile(">([^<>]*\\p{L}{2,}[^<>]*)<");
        Pattern attribute = Pattern.compile("\\s((?:alt|title|placeholder|aria-label)=\"[^\"]*\\p{L}[^\"]*\")");
        Stream<String> bare = templates()
                .map(template -> template.replaceAll("(?s)<!--.*?-->", "").replaceAll("<kbd>[^<]*</kbd>", ""));
        assertThat(bare.flatMap(template -> Stream.concat(
                                text.matcher(template).results(),
                                attribute.matcher(template).results()))
                        .map(match -> match.group(1)))
                .isEmpty();
    }

    private static Set<String> places(String text) {
        return Pattern.compile("\\{\\d")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static Stream<String> templates() {
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("templates"))) {
            return files.filter(file -> file.toString().endsWith(".html")).map(MessagesTest::text).toList().stream();
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

    private static Properties read(String name) {
        var words = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve(name))) {
            words.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
