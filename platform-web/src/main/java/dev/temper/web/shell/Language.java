package dev.temper.web.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages of the pages, each named in itself. */
public enum Language {
    ENGLISH("en", "en", Locale.ENGLISH, "English"),
    CHINESE("zh-CN", "zh-Hans", Locale.SIMPLIFIED_CHINESE, "简体中文");

    private final String value;
    private final String htmlLang;
    private final Locale locale;
    private final String ownName;

    Language(String value, String htmlLang, Locale locale, String ownName) {
        this.value = value;
        this.htmlLang = htmlLang;
        this.locale = locale;
        this.ownName = ownName;
    }

    public static Optional<Language> of(String value) {
        return Arrays.stream(values()).filter(each -> each.value.equals(value)).findFirst();
    }

    /** The nearest of ours to a locale. */
    public static Language of(Locale locale) {
        return locale.getLanguage().equals("zh") ? CHINESE : ENGLISH;
    }

    /** As accounts and cookies keep it. */
    public String value() {
        return value;
    }

    /** The {@code lang} of a page. */
    public String htmlLang() {
        return htmlLang;
    }

    public Locale locale() {
        return locale;
    }

    public String ownName() {
        return ownName;
    }
}
