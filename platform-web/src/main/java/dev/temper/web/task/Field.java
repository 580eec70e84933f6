package dev.temper.web.task;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A setting that has a field in the form; all others are kept as they came. The order is the form's. */
enum Field {
    LEARNING_RATE("learningRate", "optimiser.learningRate", Kind.NUMBER),
    EPOCHS("epochs", "schedule.numTrainEpochs", Kind.NUMBER),
    BATCH("batch", "batch.perDeviceTrainBatchSize", Kind.WHOLE),
    ACCUMULATION("accumulation", "batch.gradientAccumulationSteps", Kind.WHOLE),
    CUTOFF("cutoff", "data.cutoffLen", Kind.WHOLE),
    HELD_OUT("heldOut", "data.valSize", Kind.NUMBER),
    RANK("rank", "method.rank", Kind.WHOLE, "lora"),
    ALPHA("alpha", "method.alpha", Kind.NUMBER, "lora"),
    DROPOUT("dropout", "method.dropout", Kind.NUMBER, "lora"),
    LAYERS("layers", "method.freezeTrainableLayers", Kind.WHOLE, "partial"),
    PATIENCE("patience", "evaluation.earlyStoppingPatience", Kind.WHOLE),
    SCHEDULE(
            "schedule",
            "schedule.type",
            "cosine",
            "linear",
            "constant",
            "constant_with_warmup",
            "cosine_with_restarts",
            "polynomial",
            "warmup_stable_decay"),
    WARMUP("warmup", "schedule.warmupRatio", Kind.NUMBER),
    WEIGHT_DECAY("weightDecay", "optimiser.weightDecay", Kind.NUMBER),
    CLIP("clip", "optimiser.maxGradNorm", Kind.NUMBER),
    TEMPLATE("template", "data.template", Kind.WORD),
    PRECISION("precision", "compute.precision", "auto", "bf16", "fp32", "fp16"),
    SAVE_STEPS("saveSteps", "checkpoints.steps", Kind.WHOLE),
    SAMPLES("samples", "evaluation.samples", Kind.WHOLE),
    PROMPTS("prompts", "evaluation.prompts", Kind.LINES),
    SEED("seed", "seed", Kind.WHOLE);

    /** The last of those that are always in sight. */
    private static final Field LAST_PLAIN = LAYERS;

    /** What is typed into a field. */
    enum Kind {
        WHOLE,
        NUMBER,
        WORD,
        CHOICE,
        /** A list, one a line. */
        LINES
    }

    final String id;
    final String path;
    final Kind kind;
    private final String choices;
    private final String method;

    Field(String id, String path, Kind kind) {
        this(id, path, kind, "");
    }

    Field(String id, String path, Kind kind, String method) {
        this.id = id;
        this.path = path;
        this.kind = kind;
        this.method = method;
        this.choices = "";
    }

    Field(String id, String path, String... choices) {
        this.id = id;
        this.path = path;
        this.kind = Kind.CHOICE;
        this.method = "";
        this.choices = String.join(" ", choices);
    }

    static boolean named(String id) {
        return Arrays.stream(values()).anyMatch(field -> field.id.equals(id));
    }

    static List<Field> of(String method) {
        return Arrays.stream(values()).filter(field -> field.goesWith(method)).toList();
    }

    static Optional<Field> at(String path) {
        return Arrays.stream(values()).filter(field -> field.path.equals(path)).findFirst();
    }

    boolean goesWith(String chosen) {
        return method.isEmpty() || method.equals(chosen);
    }

    /** Few need to see it. */
    boolean advanced() {
        return compareTo(LAST_PLAIN) > 0;
    }

    /** The words to choose from; none where anything may be typed. */
    List<String> choices() {
        return choices.isEmpty() ? List.of() : List.of(choices.split(" ", -1));
    }

    /** Whether more than a line is typed into it. */
    boolean lines() {
        return kind == Kind.LINES;
    }

    /** As a JSON pointer into settings. */
    String pointer() {
        return "/" + path.replace('.', '/');
    }
}
