package dev.temper.trainer.supervise;

import dev.temper.contract.ExportSpec;
import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.trainer.run.Trained;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Makes another format of what a run has trained, as {@code ./temper merge} and {@code ./temper convert} do. */
public final class ExportRun implements RunKind {
    /** Weights pass through piece by piece, which takes its time and says nothing by itself. */
    private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(1);

    @Override
    public String name() {
        return ExportSpec.KIND;
    }

    @Override
    public Ending run(Assignment assignment, RunSide side) {
        ExportSpec spec = RunSpecJson.whole(assignment.spec(), ExportSpec.class);
        Path folder = assignment.folder();
        RunSpec run = LeasedSpec.withoutRows(assignment.spec().path("run"), folder, LeasedSpec.Share.ofThisProcess());
        String what = spec.format().name().toLowerCase(Locale.ROOT);
        Thread living = Thread.ofVirtual().start(() -> live(side, what));
        try {
            Path output = folder.resolve(Results.OUTPUT);
            Trained.open(run, LeasedSpec.given(spec.trained(), folder), folder.resolve(".work"))
                    .export(spec.step() == null ? output : output.resolve("step-" + spec.step()), spec.format());
            return new Ending.Done();
        } finally {
            living.interrupt();
        }
    }

    private static void live(RunSide side, String what) {
        try {
            while (true) {
                side.tell(new WorkerEvent.Notice("Writing " + what + "."));
                Thread.sleep(SIGN_OF_LIFE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
