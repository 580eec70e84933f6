package dev.temper.platform.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure as its reader gets it (RFC 9457), in one language.
 *
 * @param type where the code is explained
 * @param title what kind of failure it is, the same each time
 * @param status the HTTP status
 * @param detail what happened, why, and what to do
 * @param code the stable name for programs
 * @param instance the path that was asked for
 * @param requestId the X-Request-Id, for the log
 * @param errors the wrong fields, all of them
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemView(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String instance,
        String requestId,
        List<Field> errors) {
    /**
     * A wrong field.
     *
     * @param pointer where in the body, as a JSON pointer
     * @param parameter the name of the parameter or header, where it isn't in the body
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Field(@Nullable String pointer, @Nullable String parameter, String code, String detail) {}

    /** The problem in the words of {@code locale}. */
    public static ProblemView of(Problem problem, Locale locale, String instance, String requestId) {
        ErrorCode code = problem.code();
        if (code == ErrorCode.UNEXPECTED) {
            problem.with("requestId", requestId);
        }
        return new ProblemView(
                code.helpPath(),
                ErrorTexts.title(code, locale),
                code.status(),
                ErrorTexts.detail(problem, locale),
                code.code(),
                instance,
                requestId,
                problem.faults().stream().map(fault -> field(fault, locale)).toList());
    }

    private static Field field(Fault fault, Locale locale) {
        boolean inBody = fault.pointer().isEmpty() || fault.pointer().startsWith("/");
        Map<String, Object> facts = fault.facts();
        return new Field(
                inBody ? fault.pointer() : null,
                inBody ? null : fault.pointer(),
                fault.code().code(),
                ErrorTexts.detail(fault.code(), facts, locale));
    }
}
