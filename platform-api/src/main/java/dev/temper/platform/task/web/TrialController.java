package dev.temper.platform.task.web;

import dev.temper.contract.GenerateSpec;
import dev.temper.contract.GenerateSpec.Sampling;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.task.Tasks;
import dev.temper.platform.task.TrialView;
import dev.temper.platform.task.Trials;
import dev.temper.text.Conversation;
import dev.temper.text.Message;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tasks/{id}")
@Tag(name = "tasks")
class TrialController {
    private final Tasks tasks;
    private final Trials trials;

    TrialController(Tasks tasks, Trials trials) {
        this.tasks = tasks;
        this.trials = trials;
    }

    /**
     * What is asked, and how answers are drawn.
     *
     * @param prompts each is answered for itself; 16 at most, of 8,000 characters each
     * @param messages in place of prompts, a conversation that is gone on with
     * @param system what the model is told before prompts; without it what it was told while it learned
     * @param base whether the model as it was before is asked, too
     * @param pool where, by name; without it where the run was
     */
    record NewTrial(
            @Nullable List<String> prompts,
            @Nullable List<Said> messages,
            @Nullable String system,
            @Nullable Integer maxTokens,
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer topK,
            @Nullable Double repetitionPenalty,
            @Nullable Long seed,
            @Nullable Boolean base,
            @Nullable String pool) {
        Trials.Wanted wanted() {
            Sampling standard = Sampling.DEFAULT;
            return new Trials.Wanted(
                    asked(),
                    new Sampling(
                            Objects.requireNonNullElse(maxTokens, standard.maxTokens()),
                            Objects.requireNonNullElse(temperature, standard.temperature()),
                            Objects.requireNonNullElse(topP, standard.topP()),
                            Objects.requireNonNullElse(topK, standard.topK()),
                            Objects.requireNonNullElse(repetitionPenalty, standard.repetitionPenalty()),
                            Objects.requireNonNullElse(seed, standard.seed())),
                    Objects.requireNonNullElse(base, false),
                    pool);
        }

        private List<GenerateSpec.Asked> asked() {
            if (messages != null) {
                Conversation whole =
                        Conversation.of(messages.stream().map(Said::message).toList());
                return List.of(new GenerateSpec.Asked(
                        whole.system().isEmpty() ? system : whole.system(),
                        whole.messages().stream().map(Message::content).toList()));
            }
            if (prompts == null || prompts.isEmpty()) {
                throw ErrorCode.FIELD_REQUIRED.at("/prompts");
            }
            if (prompts.size() > GenerateSpec.MOST_ASKED) {
                throw ErrorCode.FIELD_TOO_LONG.at("/prompts").with("max", GenerateSpec.MOST_ASKED);
            }
            return IntStream.range(0, prompts.size())
                    .mapToObj(i -> Trials.prompt("/prompts/" + i, prompts.get(i), system))
                    .toList();
        }
    }

    /** Something said, by the role system, user or assistant. */
    record Said(@NotNull String role, @NotNull String content) {
        Message message() {
            return switch (role) {
                case "system" -> Message.system(content);
                case "user" -> Message.user(content);
                case "assistant" -> Message.assistant(content);
                default ->
                    throw ErrorCode.FIELD_NOT_A_CHOICE
                            .at("/messages")
                            .with("value", role)
                            .with("choices", List.of("system", "user", "assistant"));
            };
        }
    }

    @Operation(
            summary = "Ask what the run ended with: a job queues, and answers as its events come",
            description = "The template is the one that it learned with.")
    @PostMapping("/trials")
    ResponseEntity<TrialView> start(@PathVariable UUID id, @RequestBody NewTrial body) {
        return created(id, trials.start(id, null, body.wanted()));
    }

    @Operation(
            summary = "Ask a checkpoint, in mid-run or after it: a job queues, and answers as its events come",
            description = "The template is the one that it learned with.")
    @PostMapping("/checkpoints/{step}/trials")
    ResponseEntity<TrialView> start(@PathVariable UUID id, @PathVariable long step, @RequestBody NewTrial body) {
        return created(id, trials.start(id, step, body.wanted()));
    }

    @Operation(summary = "List what was asked, newest first, with the answers")
    @GetMapping("/trials")
    List<TrialView> list(@PathVariable UUID id) {
        return trials.of(tasks.get(id));
    }

    @Operation(summary = "Show what was asked and the answers as far as they have come")
    @GetMapping("/trials/{trial}")
    TrialView get(@PathVariable UUID id, @PathVariable UUID trial) {
        return trials.get(tasks.get(id).id(), trial);
    }

    private static ResponseEntity<TrialView> created(UUID task, TrialView trial) {
        return ResponseEntity.created(URI.create(
                        "/api/v1/tasks/" + task + "/trials/" + trial.job().id()))
                .body(trial);
    }
}
