package dev.temper.web.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;

/** From a file to a tuned model: upload, import, dataset version, task, queue, training, adapter. */
public final class MainJob {
    private static final String FILE = "kite-shop.jsonl";
    private static final String MODEL = "temper-mini";
    private static final Duration GLANCE = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Asked in other words than any row has them. */
    static final List<String> QUESTIONS =
            List.of("Tell me, where is Bluefin?", "Can I give my umbrella back?", "谁会画风筝？");

    /** A tenth is held out; the rate is high because the model is tiny. */
    private static final Map<String, Object> SETTINGS = Map.of(
            "method", Map.of("type", "lora", "rank", 16),
            "data", Map.of("valSize", 0.1, "cutoffLen", 128),
            "optimiser", Map.of("learningRate", 0.005),
            "schedule", Map.of("numTrainEpochs", 20),
            "batch", Map.of("perDeviceTrainBatchSize", 16, "gradientAccumulationSteps", 1),
            "compute", Map.of("threads", 1),
            "evaluation", Map.of("interval", "epoch", "onStart", true),
            "checkpoints", Map.of("interval", "no"));

    private final Rest rest;
    private final Answers answers;
    private final Path folder;
    private final Consumer<String> out;

    private MainJob(Rest rest, Answers answers, Path folder, Consumer<String> out) {
        this.rest = rest;
        this.answers = answers;
        this.folder = folder;
        this.out = out;
    }

    /**
     * Does it all and returns the number of the task in its page's address.
     *
     * @param key an API key of the tenant it is done for
     * @param command what starts the trainer, as {@code ./temper}
     * @param models where the models in the box lie
     * @param folder the adapter comes here
     * @param out takes the lines to show
     */
    public static long run(String url, String key, Path command, Path models, Path folder, Consumer<String> out) {
        try (Rest rest = new Rest(url, key)) {
            return new MainJob(rest, new Answers(command, models.resolve(MODEL)), folder, out).run();
        }
    }

    private long run() {
        List<String> before = answers.to(QUESTIONS, null);
        JsonNode task = start(bring(upload()));
        Losses losses = watch(task.path("job").path("id").asString());
        String id = task.path("id").asString();
        Path adapter = unpack(rest.download("/api/v1/tasks/" + id + "/output"));
        List<String> after = answers.to(QUESTIONS, adapter);
        out.accept("");
        out.accept("  Loss on held-out rows: %.2f before, %.2f after".formatted(losses.first, losses.last));
        if (losses.last >= losses.first || after.equals(before)) {
            throw new DemoFailed("The training went through, but the model is no better for it.");
        }
        for (int i = 0; i < QUESTIONS.size(); i++) {
            out.accept("");
            out.accept("  Asked   " + QUESTIONS.get(i));
            out.accept("  Before  " + before.get(i));
            out.accept("  After   " + after.get(i));
        }
        out.accept("");
        out.accept("  The adapter is in " + adapter);
        return task.path("number").asLong();
    }

    private String upload() {
        byte[] rows = rows();
        out.accept("  Uploading %s, %d rows …"
                .formatted(
                        FILE, new String(rows, StandardCharsets.UTF_8).lines().count()));
        String id = rest.post("/api/v1/uploads", Map.of("name", FILE, "size", rows.length))
                .path("id")
                .asString();
        rest.put("/api/v1/uploads/" + id + "/parts/0", rows);
        rest.post("/api/v1/uploads/" + id + "/complete", Map.of());
        return id;
    }

    /** The dataset version that the file becomes. */
    private String bring(String upload) {
        JsonNode begun = rest.post("/api/v1/datasets", Map.of("upload", upload, "name", "Kite shop"));
        String path = "/api/v1/imports/" + begun.path("id").asString();
        JsonNode done = new Waiting(PATIENCE, GLANCE).until("the import", () -> rest.get(path), now -> switch (now.path(
                        "state")
                .asString()) {
            case "SUCCEEDED" -> true;
            case "QUEUED", "RUNNING" -> false;
            default ->
                throw new DemoFailed(
                        "The import ended as %s: %s".formatted(now.path("state").asString(), now.path("failure")));
        });
        out.accept("  Imported: %d rows kept, %d left out"
                .formatted(
                        done.path("rowsKept").asLong(), done.path("rowsLeftOut").asLong()));
        return done.path("resultVersion").asString();
    }

    private JsonNode start(String version) {
        JsonNode task = rest.post(
                "/api/v1/tasks",
                Map.of(
                        "name",
                        "Kite shop",
                        "model",
                        MODEL,
                        "data",
                        List.of(Map.of("version", version)),
                        "settings",
                        SETTINGS,
                        "estimateSeconds",
                        60));
        out.accept("  Task %d is in the queue: LoRA on %s"
                .formatted(task.path("number").asLong(), MODEL));
        return task;
    }

    /** Of the held-out rows, before the first step and after the last. */
    private record Losses(double first, double last) {}

    private Losses watch(String job) {
        Story story = new Story(out);
        String path = "/api/v1/jobs/" + job;
        new Waiting(PATIENCE, GLANCE)
                .until(
                        "the training",
                        () -> {
                            JsonNode now = rest.get(path);
                            // After the state: what is told before the end is there when the end is.
                            story.tell(rest.get(path + "/events?limit=200&after=" + story.seen())
                                    .path("items"));
                            story.at(now.path("state").asString());
                            return now;
                        },
                        now -> switch (now.path("state").asString()) {
                            case "SUCCEEDED" -> true;
                            case "FAILED", "CANCELLED" ->
                                throw new DemoFailed("The training ended as %s: %s %s"
                                        .formatted(
                                                now.path("state").asString(),
                                                now.path("failureMessage").asString(""),
                                                now.path("failureAdvice").asString("")));
                            default -> false;
                        });
        for (int told = -1; told != 0; ) {
            told = story.tell(
                    rest.get(path + "/events?limit=200&after=" + story.seen()).path("items"));
        }
        return new Losses(story.firstLoss(), story.lastLoss());
    }

    private Path unpack(byte[] zip) {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new DemoFailed("The outputs hold a file outside their folder: " + entry.getName());
                }
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, in.readAllBytes());
            }
        } catch (IOException e) {
            throw new DemoFailed("The adapter could not be kept in %s: %s".formatted(folder, e.getMessage()), e);
        }
        Path adapter = folder.resolve("output");
        if (!Files.exists(adapter.resolve("adapter_model.safetensors"))) {
            throw new DemoFailed("The training left no adapter.");
        }
        return adapter;
    }

    /** The rows of the demo. */
    static byte[] rows() {
        try (InputStream in = Objects.requireNonNull(MainJob.class.getResourceAsStream(FILE), FILE)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new DemoFailed("The rows in the box can't be read: " + e.getMessage(), e);
        }
    }
}
