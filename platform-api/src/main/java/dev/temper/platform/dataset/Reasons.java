package dev.temper.platform.dataset;

import dev.temper.data.row.LeftOut;
import dev.temper.platform.common.CodedTexts;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Says why a row was left out, whoever left it out: a reader, a shape or a step. */
final class Reasons {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Reasons() {}

    /** In English, as reports keep it. */
    static String sentence(LeftOut row) {
        return sentence(row.code(), row.facts(), Locale.ENGLISH).orElse(row.code());
    }

    /**
     * In a language; empty where there are no words for the code.
     *
     * @param facts what the sentence names, as JSON
     */
    static Optional<String> sentence(String code, String facts, Locale locale) {
        return sentence(code, JSON.readValue(facts, new TypeReference<Map<String, Object>>() {}), locale);
    }

    static Optional<String> sentence(String code, Map<String, ?> facts, Locale locale) {
        return CodedTexts.find(code, facts, locale).map(said -> said.sentence(locale));
    }
}
