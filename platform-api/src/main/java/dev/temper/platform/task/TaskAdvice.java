package dev.temper.platform.task;

import dev.temper.contract.RunSpec;
import dev.temper.platform.advisor.Advice;
import dev.temper.platform.advisor.Warning;
import dev.temper.platform.common.Fault;
import java.util.List;

/**
 * What is to be said of a task before it is started.
 *
 * @param spec what would run, whole
 * @param proposals what its settings should be, and why
 * @param warnings what may be as it is, but seldom does well
 * @param refusals why it can't be started, all of it
 */
public record TaskAdvice(
        RunSpec spec, List<Advice> proposals, List<Warning> warnings, List<Fault> refusals, Prediction prediction) {
    public TaskAdvice {
        proposals = List.copyOf(proposals);
        warnings = List.copyOf(warnings);
        refusals = List.copyOf(refusals);
    }
}
