package dev.temper.trainer.box;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** Chinese and English text that means something, made of patterns and words. The same seed gives the same bytes. */
final class Corpus {
    private final Lexicon lexicon = new Lexicon(lines("lexicon.txt"));
    private final List<String> sentences = lines("sentences.txt");
    private final List<Exchange> exchanges =
            lines("exchanges.txt").stream().map(Corpus::exchange).toList();
    private final SplittableRandom random;

    Corpus(long seed) {
        random = new SplittableRandom(seed);
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream(resource), resource);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        }
    }

    private static Exchange exchange(String line) {
        int bar = line.indexOf(" | ");
        return new Exchange(line.substring(0, bar), line.substring(bar + 3));
    }

    /** A few sentences of running text, sometimes a question with its answer among them. */
    String text() {
        List<String> parts = new ArrayList<>();
        for (int left = random.nextInt(1, 5); left > 0; left--) {
            if (random.nextInt(5) == 0) {
                Exchange exchange = draw();
                parts.add(exchange.question() + " " + exchange.answer());
            } else {
                parts.add(lexicon.fill(sentences.get(random.nextInt(sentences.size())), random));
            }
        }
        return String.join("\n", parts);
    }

    /** One to three questions with their answers. */
    List<Exchange> conversation() {
        List<Exchange> turns = new ArrayList<>();
        for (int left = 1 + random.nextInt(6) / 4 + random.nextInt(8) / 7; left > 0; left--) {
            turns.add(draw());
        }
        return turns;
    }

    private Exchange draw() {
        if (random.nextInt(5) == 0) {
            return Sums.draw(random);
        }
        Exchange pattern = exchanges.get(random.nextInt(exchanges.size()));
        // Filled as one, so that both sides speak of the same things.
        return exchange(lexicon.fill(pattern.question() + " | " + pattern.answer(), random));
    }

    /** Rows of {@code text}. */
    void writeTexts(Path file, int rows) throws IOException {
        write(file, rows, () -> Map.of("text", text()));
    }

    /** Rows of {@code messages}. */
    void writeConversations(Path file, int rows) throws IOException {
        write(file, rows, () -> {
            List<Map<String, String>> messages = new ArrayList<>();
            for (Exchange turn : conversation()) {
                messages.add(message("user", turn.question()));
                messages.add(message("assistant", turn.answer()));
            }
            return Map.of("messages", messages);
        });
    }

    private static Map<String, String> message(String role, String content) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }

    private static void write(Path file, int rows, Supplier<Map<String, ?>> row) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < rows; i++) {
                out.write(JsonMapper.shared().writeValueAsString(row.get()));
                out.write('\n');
            }
        }
    }
}
