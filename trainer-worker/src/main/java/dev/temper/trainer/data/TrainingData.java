package dev.temper.trainer.data;

import dev.temper.contract.DataSource;
import dev.temper.contract.DataSpec;
import dev.temper.contract.RunSpec;
import dev.temper.text.template.ConversationEncoder;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All data of a run: what is trained on in its order, and what is held out. */
public final class TrainingData implements AutoCloseable {
    private final RunSpec spec;
    private final PreparedData train;
    private final @Nullable PreparedData evaluation;
    private final int[] held;
    private final EpochOrder order;
    private final StepPlan plan;

    private TrainingData(RunSpec spec, PreparedData train, @Nullable PreparedData evaluation) {
        this.spec = spec;
        this.train = train;
        this.evaluation = evaluation;
        DataSpec data = spec.data();
        Long own = data.shuffleSeed();
        long seed = own == null ? spec.seed() : own;
        TokenStore store = train.store();
        Split split = Split.of(store.size(), data.valSize(), seed);
        this.held = evaluation == null
                ? split.held()
                : IntStream.range(0, evaluation.store().size()).toArray();
        double[] weights = data.train().stream().mapToDouble(DataSource::weight).toArray();
        int[] sequence = Mixture.of(split.train(), store::source, weights, data.mixing(), seed);
        int grouped = data.groupByLength() ? spec.batch().samplesPerStep() : 0;
        this.order = new EpochOrder(sequence, data.shuffle(), grouped, store::length, seed);
        this.plan = StepPlan.of(sequence.length, spec.batch(), spec.schedule());
    }

    /** @param folder where the tokens are kept */
    public static TrainingData prepare(RunSpec spec, ConversationEncoder encoder, Path folder) {
        DataSpec data = spec.data();
        PreparedData train = PreparedData.prepare(data.train(), data, spec.stage(), encoder, folder.resolve("train"));
        PreparedData evaluation = data.evaluation().isEmpty()
                ? null
                : PreparedData.prepare(data.evaluation(), data, spec.stage(), encoder, folder.resolve("evaluation"));
        return new TrainingData(spec, train, evaluation);
    }

    public DataReport report() {
        return train.report();
    }

    public StepPlan plan() {
        return plan;
    }

    /** The samples of a step, from 1. */
    public int[] samples(int step) {
        StepPlan.Slice slice = plan.slice(step);
        return order.slice(slice.epoch(), slice.from(), slice.to());
    }

    /** Samples held out, by their numbers in {@link #heldStore}. */
    public int[] held() {
        return held.clone();
    }

    public TokenStore store() {
        return train.store();
    }

    public TokenStore heldStore() {
        return evaluation == null ? train.store() : evaluation.store();
    }

    /** Where a sample of the training data comes from, for messages. */
    public String place(int sample) {
        DataSource source = spec.data().train().get(store().source(sample));
        return source.path() + " row " + store().row(sample);
    }

    @Override
    public void close() {
        train.close();
        if (evaluation != null) {
            evaluation.close();
        }
    }
}
