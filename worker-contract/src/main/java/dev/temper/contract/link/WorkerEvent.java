package dev.temper.contract.link;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Something that happened in a run. A newer worker may tell of things this version does not know: see {@link Other}. */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        property = "type",
        visible = true,
        defaultImpl = WorkerEvent.Other.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerEvent.Phased.class, name = "phase"),
    @JsonSubTypes.Type(value = WorkerEvent.Metrics.class, name = "metrics"),
    @JsonSubTypes.Type(value = WorkerEvent.Log.class, name = "log"),
    @JsonSubTypes.Type(value = WorkerEvent.Sample.class, name = "sample"),
    @JsonSubTypes.Type(value = WorkerEvent.Answer.class, name = "answer"),
    @JsonSubTypes.Type(value = WorkerEvent.Checkpoint.class, name = "checkpoint"),
    @JsonSubTypes.Type(value = WorkerEvent.Notice.class, name = "notice")
})
public sealed interface WorkerEvent {
    /** The longest text of a line, a sample or a notice; what is longer is cut by the worker. */
    int MAX_TEXT = 8_000;

    /** The name of its kind. */
    @JsonProperty
    default String type() {
        return switch (this) {
            case Phased _ -> "phase";
            case Metrics _ -> "metrics";
            case Log _ -> "log";
            case Sample _ -> "sample";
            case Answer _ -> "answer";
            case Checkpoint _ -> "checkpoint";
            case Notice _ -> "notice";
            case Other other -> other.type();
        };
    }

    /**
     * The run entered a phase.
     *
     * @param note why, for people; none where it goes without saying
     */
    record Phased(Phase phase, @Nullable String note) implements WorkerEvent {
        public Phased {
            LinkCheck.present("phase", phase);
            if (note != null) {
                LinkCheck.text("note", note, MAX_TEXT);
            }
        }
    }

    /**
     * Numbers after a step.
     *
     * @param step counted from 1; done again after a resume, a step has its numbers again
     * @param totalSteps 0 where it is not known
     * @param values by name, as {@code loss}, {@code learning_rate}, {@code eval_loss}; finite ones only
     */
    record Metrics(long step, long totalSteps, Map<String, Double> values) implements WorkerEvent {
        public Metrics {
            LinkCheck.notNegative("step", step);
            LinkCheck.notNegative("totalSteps", totalSteps);
            values = LinkCheck.map("values", values, 100);
            values.forEach((name, value) -> {
                if (!Double.isFinite(value)) {
                    throw LinkCheck.invalid("values." + name, "is " + value, "finite numbers");
                }
            });
        }
    }

    /** Lines the run's process printed. */
    record Log(List<String> lines) implements WorkerEvent {
        public Log {
            lines = LinkCheck.list("lines", lines, 200);
            lines.forEach(line -> LinkCheck.text("lines", line, MAX_TEXT));
        }
    }

    /**
     * What the model answers at a step; 0 for what it answered before it learned.
     *
     * @param expected the answer of the held-out row; null where somebody made the prompt up
     */
    record Sample(
            long step,
            String prompt,
            String answer,
            @Nullable String expected) implements WorkerEvent {
        public Sample {
            LinkCheck.notNegative("step", step);
            LinkCheck.text("prompt", prompt, MAX_TEXT);
            LinkCheck.text("answer", answer, MAX_TEXT);
            if (expected != null) {
                LinkCheck.text("expected", expected, MAX_TEXT);
            }
        }
    }

    /**
     * A piece of what a model answers to something that a {@code generate} run asks. The pieces of an answer, joined in
     * their order, are the answer.
     *
     * @param asked which of the things asked, counted from 0
     * @param base whether the model as it was before it was trained answers
     * @param end why the answer ends with this piece: {@code token}, {@code length}, {@code string} or {@code cancelled};
     *     none while it goes on
     */
    record Answer(
            int asked, boolean base, String text, @Nullable String end) implements WorkerEvent {
        public Answer {
            LinkCheck.range("asked", asked, 0, 1_000);
            LinkCheck.text("text", text, MAX_TEXT);
            if (end != null) {
                LinkCheck.name("end", end);
            }
        }
    }

    /**
     * The run is safe up to a step.
     *
     * @param files that a later attempt goes on from, below the run's folder; without any until they are with the
     *     platform
     */
    record Checkpoint(long step, List<FileRef> files) implements WorkerEvent {
        public Checkpoint {
            LinkCheck.notNegative("step", step);
            files = LinkCheck.list("files", files, LinkCheck.MAX_LIST);
        }
    }

    /** Something worth a line to people. */
    record Notice(String text) implements WorkerEvent {
        public Notice {
            LinkCheck.text("text", text, MAX_TEXT);
        }
    }

    /**
     * An event of a kind that a newer minor version added.
     *
     * @param type the name of that kind
     * @param fields the others, as they came
     */
    record Other(String type, @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> fields) implements WorkerEvent {
        public Other {
            LinkCheck.name("event.type", type);
            fields = LinkCheck.map("event", fields == null ? Map.of() : fields, 100);
        }
    }
}
