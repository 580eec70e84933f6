package dev.temper.platform.common;

import org.jspecify.annotations.Nullable;

/**
 * A failure as OpenAI's dialect tells it. Its clients try again what is answered by 409, so what can't be done in the state
 * that something is in is a bad request there.
 */
record DialectError(Told error) {
    /** All four are always there, null or not. */
    record Told(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code) {}

    static boolean isSpokenAt(String path) {
        return path.startsWith("/v1/");
    }

    static DialectError of(ProblemView problem) {
        StringBuilder message = new StringBuilder(problem.detail());
        problem.errors().stream()
                .map(ProblemView.Field::detail)
                .filter(detail -> !detail.equals(problem.detail()))
                .forEach(detail -> message.append(' ').append(detail));
        return new DialectError(new Told(message.toString(), type(problem.status()), param(problem), problem.code()));
    }

    /** The status it goes with. */
    static int status(ProblemView problem) {
        return switch (problem.status()) {
            case 405, 406, 409, 412, 422, 428 -> 400;
            case 410 -> 404;
            default -> problem.status();
        };
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }

    private static @Nullable String param(ProblemView problem) {
        return problem.errors().stream()
                .findFirst()
                .map(field -> field.pointer() != null ? field.pointer() : field.parameter())
                .map(place -> place.replaceFirst("^/", "").replace('/', '.'))
                .orElse(null);
    }
}
