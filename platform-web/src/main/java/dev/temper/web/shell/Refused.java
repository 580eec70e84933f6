package dev.temper.web.shell;

import dev.temper.contract.CodedException;
import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.common.Fault;
import dev.temper.platform.common.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;

/**
 * A problem in the place of the form it belongs to, in the reader's language.
 *
 * @param fields what is wrong with single fields, by the names of the form's inputs
 */
public record Refused(String code, String message, List<Wrong> fields) {
    /** What is wrong with one field. */
    public record Wrong(String field, String message) {}

    public static Refused of(Problem problem, Locale locale) {
        List<Wrong> fields = problem.faults().stream()
                .map(fault -> new Wrong(name(fault), ErrorTexts.detail(fault.code(), fault.facts(), locale)))
                .toList();
        boolean several = problem.code() == ErrorCode.FIELDS_NOT_ACCEPTED;
        return new Refused(
                problem.code().code(),
                several ? ErrorTexts.title(problem.code(), locale) : ErrorTexts.detail(problem, locale),
                fields);
    }

    /** Tells it where the page's form is drawn again, with the status that programs are told. */
    public static void show(Problem problem, Model model, HttpServletResponse response, Locale locale) {
        response.setStatus(problem.code().status());
        model.addAttribute("refused", of(problem, locale));
    }

    /** The words for one field; null where it is right. */
    public @Nullable String of(String field) {
        return fields.stream()
                .filter(wrong -> wrong.field().equals(field))
                .map(Wrong::message)
                .findFirst()
                .orElse(null);
    }

    /** What the summary lists beside its headline: nothing, where the headline is the single field's own sentence. */
    public List<Wrong> listed() {
        return fields.size() == 1 && fields.getFirst().message().equals(message) ? List.of() : fields;
    }

    /** What another module refuses; its fields are named by their whole pointers, as in {@code steps-0-tokens}. */
    public static Refused of(CodedException failure, Locale locale) {
        List<Wrong> fields = CodedTexts.faults(failure, locale).stream()
                .map(fault -> new Wrong(fault.pointer().substring(1).replace('/', '-'), fault.sentence()))
                .toList();
        return new Refused(failure.code(), CodedTexts.of(failure, locale).sentence(locale), fields);
    }

    private static String name(Fault fault) {
        String pointer = fault.pointer();
        String bare = pointer.startsWith("/") ? pointer.substring(1) : pointer;
        int slash = bare.indexOf('/');
        return slash < 0 ? bare : bare.substring(0, slash);
    }

    /** A refusal made of one sentence with facts, for a form that knows better than the service what went wrong. */
    public static Refused of(ErrorCode code, Map<String, Object> facts, Locale locale) {
        return new Refused(code.code(), ErrorTexts.detail(code, facts, locale), List.of());
    }
}
