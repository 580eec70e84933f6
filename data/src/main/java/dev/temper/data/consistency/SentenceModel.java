package dev.temper.data.consistency;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.temper.contract.CodedException;
import dev.temper.text.tokenizer.SpecialTokens;
import dev.temper.text.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small BERT that gives sentences of one meaning one direction. Its weights are in a jar that not every installation
 * has, as the natives that run them are large.
 */
final class SentenceModel implements AutoCloseable {
    private static final int MOST_TOKENS = 256;

    /** Which model; both are quantised, of some 24 MB. */
    enum Name {
        /** all-MiniLM-L6-v2, for English; the mean of all tokens. */
        ENGLISH("all-minilm-l6-v2-q", false),
        /** bge-small-zh-v1.5, for Chinese; the first token. */
        CHINESE("bge-small-zh-v1.5-q", true);

        private final String resource;
        private final boolean firstToken;

        Name(String resource, boolean firstToken) {
            this.resource = resource;
            this.firstToken = firstToken;
        }
    }

    private final Name name;
    private final Tokenizer tokenizer;
    private final OrtSession session;

    private SentenceModel(Name name, Tokenizer tokenizer, OrtSession session) {
        this.name = name;
        this.tokenizer = tokenizer;
        this.session = session;
    }

    static SentenceModel open(Name name) {
        try {
            byte[] json = resource(name.resource + "-tokenizer.json");
            byte[] weights = resource(name.resource + ".onnx");
            Tokenizer tokenizer = Tokenizer.of(new String(json, StandardCharsets.UTF_8), SpecialTokens.NONE, null);
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                return new SentenceModel(
                        name, tokenizer, OrtEnvironment.getEnvironment().createSession(weights, options));
            }
        } catch (IOException | LinkageError | OrtException e) {
            throw missing().because(e);
        }
    }

    /** The cosine of the angle between what two texts mean; 1 is the same. */
    double similarity(String one, String other) {
        float[] first = embed(one);
        float[] second = embed(other);
        double dot = 0;
        double norms = 0;
        double otherNorms = 0;
        for (int i = 0; i < first.length; i++) {
            dot += first[i] * second[i];
            norms += first[i] * first[i];
            otherNorms += second[i] * second[i];
        }
        return dot / Math.sqrt(norms * otherNorms);
    }

    private float[] embed(String text) {
        long[] ids = ids(text);
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor input = OnnxTensor.createTensor(environment, new long[][] {ids});
                OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {ones});
                OnnxTensor types = OnnxTensor.createTensor(environment, new long[][] {new long[ids.length]})) {
            Map<String, OnnxTensor> inputs =
                    new TreeMap<>(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types));
            inputs.keySet().retainAll(session.getInputNames());
            try (OrtSession.Result result = session.run(inputs)) {
                return pooled(((float[][][]) result.get(0).getValue())[0]);
            }
        } catch (OrtException e) {
            throw CodedException.internal("embedding_failed", "The embedding model failed: " + e.getMessage(), "")
                    .because(e);
        }
    }

    private long[] ids(String text) {
        // A character is seldom less than a token's sixth; what lies behind is cut off anyway.
        String beginning =
                text.substring(0, text.offsetByCodePoints(0, Math.min(1_500, text.codePointCount(0, text.length()))));
        long[] ids = Arrays.stream(tokenizer.encodeWithAddedTokens(beginning))
                .asLongStream()
                .toArray();
        if (ids.length <= MOST_TOKENS) {
            return ids;
        }
        long last = ids[ids.length - 1];
        long[] cut = Arrays.copyOf(ids, MOST_TOKENS);
        cut[MOST_TOKENS - 1] = last;
        return cut;
    }

    private float[] pooled(float[][] tokens) {
        if (name.firstToken) {
            return tokens[0];
        }
        float[] mean = new float[tokens[0].length];
        for (float[] token : tokens) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += token[i] / tokens.length;
            }
        }
        return mean;
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream in = SentenceModel.class.getResourceAsStream("/" + file)) {
            if (in == null) {
                throw missing().with("file", file);
            }
            return in.readAllBytes();
        }
    }

    private static CodedException missing() {
        return CodedException.user(
                "embedding_model_missing",
                "This installation has no embedding model to compare questions with answers.",
                "Have the embedding models added to the installation, or remove the step consistency.");
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a model that was open closes", e);
        }
    }
}
