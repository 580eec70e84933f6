package dev.temper.platform.task.web;

import dev.temper.platform.advisor.Advice;
import dev.temper.platform.advisor.AdviceTexts;
import dev.temper.platform.advisor.Warning;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.common.Fault;
import dev.temper.platform.common.Problem;
import dev.temper.platform.task.Forecasts;
import dev.temper.platform.task.Prediction;
import dev.temper.platform.task.TaskAdvice;
import dev.temper.platform.task.web.TaskController.NewTask;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/task-advice")
@Tag(name = "tasks")
class AdviceController {
    private final Forecasts forecasts;

    AdviceController(Forecasts forecasts) {
        this.forecasts = forecasts;
    }

    /** What is to be said of a task before it is started. */
    record AdviceView(List<Proposal> proposals, List<Warned> warnings, List<Refusal> refusals, Prediction prediction) {
        static AdviceView of(TaskAdvice advice, Locale locale) {
            return new AdviceView(
                    advice.proposals().stream()
                            .map(one -> Proposal.of(one, locale))
                            .toList(),
                    advice.warnings().stream()
                            .map(one -> Warned.of(one, locale))
                            .toList(),
                    advice.refusals().stream()
                            .map(one -> Refusal.of(one, locale))
                            .toList(),
                    advice.prediction());
        }
    }

    /**
     * What a setting should be.
     *
     * @param setting its path in the settings
     * @param rule why, as a code
     * @param reason why, in the reader's language
     */
    record Proposal(
            String setting,
            Object value,
            String rule,
            String reason,
            @Nullable Double least,
            @Nullable Double most) {
        static Proposal of(Advice advice, Locale locale) {
            return new Proposal(
                    advice.setting(),
                    advice.value(),
                    advice.rule(),
                    AdviceTexts.of(advice, locale),
                    advice.least(),
                    advice.most());
        }
    }

    /** What may be as it is, but seldom does well. */
    record Warned(String setting, String code, String detail) {
        static Warned of(Warning warning, Locale locale) {
            return new Warned(warning.setting(), warning.code(), AdviceTexts.of(warning, locale));
        }
    }

    /** Why it can't be started. */
    record Refusal(String pointer, String code, String detail, Map<String, Object> facts) {
        static Refusal of(Fault fault, Locale locale) {
            return new Refusal(
                    fault.pointer(),
                    fault.code().code(),
                    ErrorTexts.detail(fault.code(), fault.facts(), locale),
                    fault.facts());
        }
    }

    @Operation(
            summary = "Say of a task what its settings should be, what it will take, and why it can't be started",
            description = "Takes the body that starts a task, and starts nothing.")
    @PostMapping
    AdviceView of(@RequestBody NewTask body, Locale locale) {
        TaskAdvice advice = forecasts.of(body.request());
        for (Fault fault : advice.refusals()) {
            if (isOfNothing(fault)) {
                Problem problem = fault.code().at(fault.pointer());
                fault.facts().forEach(problem::with);
                throw problem;
            }
        }
        return AdviceView.of(advice, locale);
    }

    /** What names nothing that is there is no task to say anything of. */
    private static boolean isOfNothing(Fault fault) {
        return fault.code() == ErrorCode.NOT_FOUND || fault.code() == ErrorCode.POOL_UNKNOWN;
    }
}
