package dev.temper.platform.openai;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks through the lines of a training file, so that one that can't be learned from is refused when it comes. */
final class TrainingLines {
    private static final JsonMapper JSON = JsonMapper.shared();

    private TrainingLines() {}

    static void check(InputStream content) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        int number = 0;
        boolean any = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                check(number, line);
                any = true;
            }
        }
        if (!any) {
            throw unfit(1, "the file is empty");
        }
    }

    private static void check(int number, String line) {
        JsonNode row;
        try {
            row = JSON.readTree(line);
        } catch (JacksonException e) {
            throw unfit(number, "it is not JSON").because(e);
        }
        if (row.has("preferred_output") || row.has("non_preferred_output")) {
            throw unfit(number, "preferences can't be learned here yet, only chats");
        }
        JsonNode messages = row.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw unfit(number, "it has no list \"messages\"");
        }
        boolean answered = false;
        for (JsonNode message : messages) {
            boolean assistant = "assistant".equals(message.path("role").asString(""));
            answered |= assistant;
            // Learned from all the same it would teach what it was marked not to.
            if (assistant
                    && message.path("weight").isNumber()
                    && message.path("weight").asDouble() == 0) {
                throw unfit(number, "an answer has weight 0, and leaving single answers out is not possible here yet");
            }
        }
        if (!answered) {
            throw unfit(number, "it has no message of the assistant");
        }
    }

    private static Problem unfit(int line, String reason) {
        return ErrorCode.TRAINING_FILE_UNFIT.at("/file").with("line", line).with("reason", reason);
    }
}
