package dev.temper.data.clean;

import java.util.Locale;

/** The languages that are told apart, by ISO 639-1. */
public enum Language {
    ZH,
    EN,
    JA,
    KO,
    RU,
    AR,
    TH,
    HI,
    EL,
    HE,
    DE,
    FR,
    ES,
    IT,
    PT,
    NL;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
