package dev.temper.benchmarks.trainer;

import java.util.List;

/**
 * What a case gave.
 *
 * @param tokensPerSecond real tokens of the undisturbed steps over their time
 * @param cleanSteps steps in which nobody else took a noticeable part of the machine
 * @param steps measured, the first ones being warm-up and not among them
 * @param startup seconds from the process to the first step
 * @param peakMebibytes the most memory it held
 * @param sgemm products of large fp32 matrices in GFLOP/s, measured right behind
 * @param bgemm the same in bf16; 0 where it was not measured
 * @param supervisedShare of the tokens, those that are learned; 0 where it was not measured
 */
record Measured(
        String what,
        double tokensPerSecond,
        int cleanSteps,
        int steps,
        double startup,
        double peakMebibytes,
        double sgemm,
        double bgemm,
        double supervisedShare,
        List<Double> losses) {
    Measured {
        losses = List.copyOf(losses);
    }
}
