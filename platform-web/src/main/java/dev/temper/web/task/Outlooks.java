package dev.temper.web.task;

import dev.temper.contract.CodedException;
import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.common.Fault;
import dev.temper.platform.common.Problem;
import dev.temper.platform.task.Forecasts;
import dev.temper.platform.task.TaskAdvice;
import dev.temper.web.shell.Refused;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks what is to be said of a form, and finds the fields that are meant. */
@Component
class Outlooks {
    private static final String SETTINGS = "/settings/";

    private final Forecasts forecasts;

    Outlooks(Forecasts forecasts) {
        this.forecasts = forecasts;
    }

    /** What is advised depends on what is chosen: hence asked again once the advice stands in the form. */
    Outlook of(TaskForm typed, Locale locale) {
        TaskForm filled = typed;
        try {
            filled = typed.advised(forecasts.of(typed.request()).proposals());
            TaskAdvice advice = forecasts.of(filled.request());
            filled = typed.advised(advice.proposals());
            return new Outlook(typed, filled, advice, refused(advice.refusals(), locale));
        } catch (Problem problem) {
            return new Outlook(typed, filled, null, refused(problem, locale));
        } catch (CodedException wrong) {
            return new Outlook(typed, filled, null, refused(wrong, locale));
        }
    }

    static Refused refused(Problem problem, Locale locale) {
        Refused whole = Refused.of(problem, locale);
        return new Refused(whole.code(), whole.message(), fields(problem.faults(), locale));
    }

    /** What the trainer's own reader refuses names the setting, not the field. */
    static Refused refused(CodedException wrong, Locale locale) {
        String sentence = CodedTexts.of(wrong, locale).sentence(locale);
        List<Refused.Wrong> fields = wrong.details().get("key") instanceof String key
                ? List.of(new Refused.Wrong(field("/settings/" + key.replace('.', '/')), sentence))
                : wrong.code().equals("base_model_unknown") ? List.of(new Refused.Wrong("model", sentence)) : List.of();
        return new Refused(wrong.code(), sentence, fields);
    }

    private static @Nullable Refused refused(List<Fault> faults, Locale locale) {
        if (faults.isEmpty()) {
            return null;
        }
        List<Refused.Wrong> fields = fields(faults, locale);
        return faults.size() == 1
                ? new Refused(faults.getFirst().code().code(), fields.getFirst().message(), fields)
                : new Refused(
                        ErrorCode.FIELDS_NOT_ACCEPTED.code(),
                        ErrorTexts.title(ErrorCode.FIELDS_NOT_ACCEPTED, locale),
                        fields);
    }

    private static List<Refused.Wrong> fields(List<Fault> faults, Locale locale) {
        return faults.stream()
                .map(fault -> new Refused.Wrong(
                        field(fault.pointer()), ErrorTexts.detail(fault.code(), fault.facts(), locale)))
                .toList();
    }

    /** The field's id; for what has none, the last name of its path. */
    static String field(String pointer) {
        if (pointer.startsWith(SETTINGS)) {
            String path = pointer.substring(SETTINGS.length()).replace('/', '.');
            return Field.at(path).map(field -> field.id).orElse(path.equals("method.type") ? "method" : path);
        }
        String bare = pointer.substring(1);
        return bare.contains("/") ? bare.substring(0, bare.indexOf('/')) : bare;
    }
}
