package dev.temper.benchmarks.trainer;

import dev.temper.benchmarks.Report;
import dev.temper.model.DecoderConfig;

/** What part of the machine's matrix products a rate of training amounts to. */
record Shares(DecoderConfig config) {
    void add(Report.Builder report, Method method, String precision, Measured measured) {
        boolean bf16 = precision.equals("bf16");
        double peak = bf16 ? measured.bgemm() : measured.sgemm();
        double reached =
                measured.tokensPerSecond() * new UsefulWork(config, measured.supervisedShare()).gigaflops(method);
        String of = method + " " + precision;
        report.figure(of + ": products of the machine at best", peak, "GFLOP/s");
        report.figure(of + ": useful products reached", reached, "GFLOP/s");
        report.figure(of + ": share reached", 100 * reached / peak, "%");
    }
}
