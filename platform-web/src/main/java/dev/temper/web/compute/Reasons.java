package dev.temper.web.compute;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Codes of what happened to a job, in words; a code that has none yet is shown as it is. */
@Component
class Reasons {
    private final MessageSource words;

    Reasons(MessageSource words) {
        this.words = words;
    }

    String say(@Nullable String code, Locale locale) {
        return code == null ? "" : Objects.requireNonNull(words.getMessage("jobs.reason." + code, null, code, locale));
    }
}
