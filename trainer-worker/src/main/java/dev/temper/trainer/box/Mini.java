package dev.temper.trainer.box;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prepares the making of the base model: corpus, tokenizer and untrained weights, in one folder. */
public final class Mini {
    private static final int VOCABULARY = 6144;
    private static final int TEXTS = 60_000;
    private static final int CONVERSATIONS = 60_000;
    private static final int TEXTS_FOR_VOCABULARY = 20_000;
    private static final long SEED = 20261123;

    private Mini() {}

    /** @param args the folder to write to */
    public static void main(String[] args) throws IOException {
        if (args.length != 1 || args[0].startsWith("-")) {
            System.err.println("usage: temper mini FOLDER");
            System.exit(2);
        }
        prepare(Path.of(args[0]), System.out);
    }

    static void prepare(Path folder, PrintStream out) throws IOException {
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path model = Files.createDirectories(folder.resolve("untrained"));
        new Corpus(SEED).writeTexts(corpus.resolve("texts.jsonl"), TEXTS);
        new Corpus(SEED + 1).writeConversations(corpus.resolve("conversations.jsonl"), CONVERSATIONS);
        out.println("corpus     " + corpus);
        BytePairs pairs = learn(TEXTS_FOR_VOCABULARY, VOCABULARY - TokenizerFile.CONTROL.size());
        TokenizerFile.write(model, pairs);
        int vocabulary = pairs.tokens().size() + TokenizerFile.CONTROL.size();
        out.println("tokenizer  " + vocabulary + " tokens");
        UntrainedModel.write(model, vocabulary, SEED);
        out.println("model      " + model);
    }

    static BytePairs learn(int texts, int size) {
        BytePairs pairs = new BytePairs();
        Corpus corpus = new Corpus(SEED + 2);
        for (int i = 0; i < texts; i++) {
            pairs.add(corpus.text());
            corpus.conversation().forEach(turn -> {
                pairs.add(turn.question());
                pairs.add(turn.answer());
            });
        }
        pairs.learn(size);
        return pairs;
    }
}
