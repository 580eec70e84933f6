package dev.temper.platform.job;

import org.jspecify.annotations.Nullable;

/**
 * Why a run ended badly.
 *
 * @param code stable, for programs
 * @param message what happened, for people
 * @param advice what to do about it, such as the setting that would fit
 */
public record Failure(
        FailureClass kind,
        String code,
        String message,
        @Nullable String advice) {
    private static final int MOST = 4_000;

    public Failure {
        code = cut(code, 100);
        message = cut(message, MOST);
        advice = advice == null ? null : cut(advice, MOST);
    }

    /** Workers may say anything; what is kept has an end, and no character that PostgreSQL refuses. */
    private static String cut(String text, int most) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cs}&&[^\\n\\t]]", "\uFFFD");
        return clean.length() <= most ? clean : clean.substring(0, most - 1) + "…";
    }
}
