package dev.temper.benchmarks.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Commands of a page, fenced as {@code sh}.
 *
 * @param prints what a comment before the block says that they print
 */
record ShellBlock(String page, String commands, @Nullable String prints) {
    private static final Pattern FENCED = Pattern.compile(
            "(?:<!-- prints (?<prints>[^\n]+) -->\n)?^( *)```sh\n(?<commands>.*?)^ *```$",
            Pattern.MULTILINE | Pattern.DOTALL);

    static List<ShellBlock> of(Path page) throws IOException {
        return FENCED.matcher(Files.readString(page))
                .results()
                .map(found -> new ShellBlock(
                        page.getFileName().toString(), found.group("commands").stripIndent(), found.group("prints")))
                .toList();
    }

    boolean has(String words) {
        return commands.contains(words);
    }
}
