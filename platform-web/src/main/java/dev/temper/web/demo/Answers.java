package dev.temper.web.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a model says, with an adapter or without: the trainer's own {@code generate}, one line an answer. */
final class Answers {
    private final Path command;
    private final Path model;

    /** @param command what starts the trainer, as {@code ./temper} */
    Answers(Path command, Path model) {
        this.command = command;
        this.model = model;
    }

    List<String> to(List<String> questions, @Nullable Path adapter) {
        List<String> line = new ArrayList<>(List.of(command.toString(), "generate", model.toString()));
        if (adapter != null) {
            line.addAll(List.of("--adapter", adapter.toString()));
        }
        line.addAll(List.of("--temperature", "0", "--max-new-tokens", "60", "--threads", "1", "--stop", "\n"));
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(Redirect.DISCARD);
        builder.environment().keySet().removeAll(Set.of("LD_PRELOAD", "MALLOC_CONF"));
        builder.environment().put("JDK_JAVA_OPTIONS", "-Dstdout.encoding=UTF-8");
        try {
            Process process = builder.start();
            try (OutputStream asking = process.getOutputStream()) {
                asking.write((String.join("\n", questions) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            List<String> answers = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .toList();
            int status = process.waitFor();
            if (status != 0 || answers.size() != questions.size()) {
                throw new DemoFailed("The model gave %d answers to %d questions (exit %d); see: %s"
                        .formatted(answers.size(), questions.size(), status, String.join(" ", line)));
            }
            return answers;
        } catch (IOException e) {
            throw new DemoFailed("The model could not be asked: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("It was interrupted.", e);
        }
    }
}
