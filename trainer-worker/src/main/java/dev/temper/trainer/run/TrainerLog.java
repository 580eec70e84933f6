package dev.temper.trainer.run;

import dev.temper.contract.CodedException;
import dev.temper.trainer.data.DiskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code trainer_log.jsonl} under LLaMA-Factory's keys, losses with all their digits. */
final class TrainerLog implements Consumer<RunEvent> {
    static final String FILE = "trainer_log.jsonl";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;

    /** @param step what is logged after it belongs to work that is done again, and is taken out */
    TrainerLog(Path output, int step) {
        file = output.resolve(FILE);
        try {
            if (step == 0) {
                Files.deleteIfExists(file);
            } else if (Files.exists(file)) {
                Path aside = output.resolve("." + FILE + ".partial");
                Files.write(
                        aside,
                        read(output).stream()
                                .filter(line -> line.path("current_steps").asInt(0) <= step)
                                .map(JsonNode::toString)
                                .toList());
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }

    /** The lines of a run's log; a last line torn by a crash is passed over. */
    static List<JsonNode> read(Path output) {
        Path file = output.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            return Files.readAllLines(file).stream()
                    .map(TrainerLog::parse)
                    .filter(JsonNode::isObject)
                    .toList();
        } catch (IOException e) {
            throw CodedException.internal(
                            "output_unreadable",
                            file + " can't be read: " + e.getMessage(),
                            "Check the disk, or remove the file.")
                    .because(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException _) {
            return JSON.getNodeFactory().missingNode();
        }
    }

    @Override
    public void accept(RunEvent event) {
        switch (event) {
            case RunEvent.Stepped stepped
            when stepped.meanLoss() != null -> {
                ObjectNode line = line(stepped.step(), stepped.totalSteps(), stepped.epoch(), stepped.seconds());
                line.put("loss", stepped.meanLoss())
                        .put("lr", stepped.rate())
                        .put("grad_norm", stepped.gradientNorm())
                        .put("throughput", stepped.tokens() / Math.max(stepped.seconds(), 1e-9))
                        .put("total_tokens", stepped.tokens());
                append(line);
            }
            case RunEvent.Evaluated evaluated -> {
                ObjectNode line =
                        line(evaluated.step(), evaluated.totalSteps(), evaluated.epoch(), evaluated.runSeconds());
                line.put("eval_loss", evaluated.loss());
                if (evaluated.accuracy() != null) {
                    line.put("accuracy", evaluated.accuracy());
                }
                append(line);
            }
            case RunEvent.Stepped _, RunEvent.Answered _, RunEvent.Saved _, RunEvent.Notice _ -> {}
        }
    }

    private static ObjectNode line(int step, int totalSteps, double epoch, double seconds) {
        return JSON.createObjectNode()
                .put("current_steps", step)
                .put("total_steps", totalSteps)
                .put("epoch", epoch)
                .put("percentage", Math.round(10000.0 * step / totalSteps) / 100.0)
                .put("elapsed_time", clock(seconds))
                .put("remaining_time", clock(seconds / step * (totalSteps - step)));
    }

    /** Hours, minutes and seconds. */
    static String clock(double seconds) {
        long whole = Math.round(seconds);
        return "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
    }

    private void append(ObjectNode line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }
}
