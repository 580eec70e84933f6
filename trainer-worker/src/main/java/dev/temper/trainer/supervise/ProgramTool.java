package dev.temper.trainer.supervise;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program on the path. Its output goes through a file, so that one that hangs with its output open ends nobody else. */
record ProgramTool(String program, Duration patience) implements Tool {
    @Override
    public Answer ask(List<String> arguments) {
        try {
            Path output = Files.createTempFile("temper-tool", ".txt");
            try {
                return run(arguments, output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException _) {
            return new Answer.Absent();
        }
    }

    private Answer run(List<String> arguments, Path output) throws IOException {
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(program), arguments.stream()).toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Answer.Ended(
                        process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
        return new Answer.Hung();
    }
}
