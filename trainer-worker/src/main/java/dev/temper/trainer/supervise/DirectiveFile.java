package dev.temper.trainer.supervise;

import dev.temper.contract.link.Directive;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wanted of a run, from the supervisor to the run. A wish for a checkpoint has a number, so that it is carried out
 * once.
 */
record DirectiveFile(Path file) {
    private static final Pattern FORM = Pattern.compile("([A-Z]{1,20}) (\\d{1,18})");

    /** A wish and its number. */
    record Wish(Directive directive, long number) {
        static final Wish NONE = new Wish(Directive.CONTINUE, 0);
    }

    void write(Wish wish) {
        RunFolder.write(file, wish.directive() + " " + wish.number());
    }

    Wish read() {
        return RunFolder.bytes(file)
                .map(bytes -> FORM.matcher(new String(bytes, StandardCharsets.UTF_8)))
                .filter(Matcher::matches)
                .map(parts -> new Wish(Directive.valueOf(parts.group(1)), Long.parseLong(parts.group(2))))
                .orElse(Wish.NONE);
    }
}
