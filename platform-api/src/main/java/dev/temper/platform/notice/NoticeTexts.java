package dev.temper.platform.notice;

import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.common.ErrorTexts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The words of notices, in both languages. */
final class NoticeTexts {
    private static final String BUNDLE = "notices";

    private NoticeTexts() {}

    /** One sentence that says it all. */
    static String of(String type, String data, Locale locale) {
        Map<String, @Nullable Object> facts = new HashMap<>(
                JsonMapper.shared().readValue(data, new TypeReference<Map<String, @Nullable Object>>() {}));
        facts.put("reason", reason(facts, locale));
        if (facts.get("renewsAt") instanceof String at) {
            facts.put("renewsAt", day(Instant.parse(at), locale));
        }
        return ErrorTexts.say(BUNDLE, type, facts, locale);
    }

    /** Why something failed: our words for its code, else those of whoever failed. */
    private static String reason(Map<String, @Nullable Object> facts, Locale locale) {
        String code = String.valueOf(facts.get("failureCode"));
        String title = CodedTexts.title(code, locale);
        return title.equals(code) && facts.get("failureMessage") instanceof String told ? told : title;
    }

    private static String day(Instant moment, Locale locale) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale)
                .withZone(ZoneOffset.UTC)
                .format(moment);
    }

    /** Words of a mail around that sentence. */
    static String mail(String key, Map<String, ?> facts, Locale locale) {
        return ErrorTexts.say(BUNDLE, "mail." + key, facts, locale);
    }
}
