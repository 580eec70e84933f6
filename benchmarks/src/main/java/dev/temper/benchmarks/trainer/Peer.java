package dev.temper.benchmarks.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs LLaMA-Factory and Transformers by small scripts in somebody's Python; nothing of it belongs to the product. */
final class Peer {
    /** Buffers kept between steps: what helps PyTorch on a CPU most. */
    private static final Map<String, String> KEPT_HEAP = Map.of(
            "MALLOC_MMAP_THRESHOLD_", "4294967296",
            "MALLOC_TRIM_THRESHOLD_", "17179869184",
            "MALLOC_TOP_PAD_", "67108864");

    private final Path python;
    private final Path scripts;
    private final Bed bed;

    Peer(Path python, Path scripts, Bed bed) {
        this.python = python.toAbsolutePath();
        this.scripts = scripts.toAbsolutePath();
        this.bed = bed;
    }

    Measured train(Case wanted, int steps) throws IOException, InterruptedException {
        boolean best = wanted.who() == Who.PEER_BEST;
        boolean threeEpochs = wanted.method() == Method.PARTIAL_CACHED;
        List<String> arguments = new ArrayList<>(List.of(
                model().toString(),
                bed.rows().resolveSibling("").toString(),
                "@out",
                "finetuning_type=" + wanted.method().llamaFactoryName(),
                threeEpochs ? "num_train_epochs=3" : "max_steps=" + steps));
        if (threeEpochs) {
            arguments.addAll(List.of("max_steps=-1", "max_samples=" + 4 * steps));
        }
        if (best) {
            arguments.addAll(List.of("disable_gradient_checkpointing=true", "neat_packing=true"));
        }
        if (wanted.precision().equals("bf16")) {
            arguments.add("bf16=true");
        }
        JsonNode row = run("lf_train.py", arguments, best ? KEPT_HEAP : Map.of());
        List<Double> losses = new ArrayList<>();
        row.path("loss").forEach(loss -> losses.add(loss.doubleValue()));
        return new Measured(
                wanted.toString(),
                row.path("real_tok_s").doubleValue(),
                row.path("clean_steps").intValue(),
                row.path("of").intValue(),
                row.path("startup_s").doubleValue(),
                row.path("peak_rss_mib").doubleValue(),
                row.path("sgemm").doubleValue(),
                0,
                0,
                losses);
    }

    /** Tokens a second when generating one text, after a prompt of the same length as ours. */
    Measured generate(String precision) throws IOException, InterruptedException {
        JsonNode row = run("infer.py", List.of("hf", model().toString(), "@out", precision, "1"), KEPT_HEAP);
        return new Measured(
                "generation " + precision + ", peer",
                row.path("decode_median").doubleValue(),
                row.path("decode_tok_s").size(),
                row.path("decode_tok_s").size(),
                0,
                row.path("peak_rss_mib").doubleValue(),
                0,
                0,
                0,
                List.of());
    }

    /** The model as the peer reads it, made once. */
    private Path model() throws IOException, InterruptedException {
        Path folder = bed.work().resolve("model");
        if (!Files.exists(folder.resolve("config.json"))) {
            FileSystemUtils.deleteRecursively(folder);
            start("convert_gguf.py", List.of(bed.model().toString(), folder.toString()), Map.of());
        }
        return folder;
    }

    private JsonNode run(String script, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path out = bed.work().resolve("peer.jsonl");
        Files.deleteIfExists(out);
        List<String> filled = arguments.stream()
                .map(argument -> argument.equals("@out") ? out.toString() : argument)
                .toList();
        start(script, filled, environment);
        return JsonMapper.shared().readTree(Files.readAllLines(out).getLast());
    }

    private void start(String script, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(python.toString(), scripts.resolve(script).toString()));
        command.addAll(arguments);
        Path log = bed.work().resolve("peer.log");
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(scripts.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        process.environment().keySet().removeAll(List.of("LD_PRELOAD", "MALLOC_CONF"));
        process.environment()
                .putAll(Map.of("HF_HUB_OFFLINE", "1", "CUDA_VISIBLE_DEVICES", "", "DISABLE_VERSION_CHECK", "1"));
        process.environment().putAll(environment);
        int code = process.start().waitFor();
        if (code != 0) {
            throw new IOException(script + " ended with " + code + "; see " + log);
        }
    }
}
