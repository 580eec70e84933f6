package dev.temper.trainer.app;

import dev.temper.trainer.run.RunEvent;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows a run: a bar that is drawn over again on a terminal, lines where the output is a file or a pipe. */
final class Progress implements Consumer<RunEvent> {
    private static final int BAR = 24;
    private static final double SECONDS_BETWEEN_LINES = 30;

    private final PrintStream to;
    private final boolean terminal;
    private double lastLine = Double.NEGATIVE_INFINITY;
    private boolean drawn;

    Progress(PrintStream to, boolean terminal) {
        this.to = to;
        this.terminal = terminal;
    }

    @Override
    public void accept(RunEvent event) {
        switch (event) {
            case RunEvent.Stepped step -> {
                if (terminal) {
                    to.print("\r\033[K" + bar(step));
                    to.flush();
                    drawn = true;
                } else if (step.meanLoss() != null
                        || step.step() == step.totalSteps()
                        || step.seconds() - lastLine >= SECONDS_BETWEEN_LINES) {
                    lastLine = step.seconds();
                    to.println(line(step));
                }
            }
            case RunEvent.Evaluated held ->
                line("step %d: eval loss %.4f%s%s"
                        .formatted(
                                held.step(),
                                held.loss(),
                                held.accuracy() == null ? "" : ", accuracy %.4f".formatted(held.accuracy()),
                                held.best() ? ", the best so far" : ""));
            case RunEvent.Answered _ -> {}
            case RunEvent.Saved saved -> line("step " + saved.step() + ": saved " + saved.folder());
            case RunEvent.Notice notice -> line(notice.text());
        }
    }

    void line(String text) {
        to.println((drawn ? "\r\033[K" : "") + text);
        drawn = false;
    }

    private static String bar(RunEvent.Stepped step) {
        int full = (int) ((long) BAR * step.step() / step.totalSteps());
        return "[" + "█".repeat(full) + "·".repeat(BAR - full) + "] " + line(step);
    }

    private static String line(RunEvent.Stepped step) {
        double left = step.seconds() / step.step() * (step.totalSteps() - step.step());
        double loss = step.meanLoss() == null ? step.loss() : step.meanLoss();
        return String.format(
                Locale.ROOT,
                "step %d/%d  loss %.4f  rate %.2e  %,.0f tokens/s  %s left",
                step.step(),
                step.totalSteps(),
                loss,
                step.rate(),
                step.tokensPerSecond(),
                clock(left));
    }

    static String clock(double seconds) {
        long whole = Math.round(seconds);
        return "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
    }

    /** Leaves the bar as it is and begins a new line. */
    void end() {
        if (drawn) {
            to.println();
            drawn = false;
        }
    }
}
