package dev.temper.trainer.model.generation;

import dev.temper.text.tokenizer.StreamingDecoder;
import dev.temper.text.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** One text while it grows: what is certain is told, what may yet become a stop string is held back. */
final class GrowingText {
    private final GenerationSettings settings;
    private final StreamingDecoder decoder;
    private final List<Integer> ids = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int told;
    private GeneratedText.End end = GeneratedText.End.LENGTH;
    private boolean finished;

    GrowingText(GenerationSettings settings, Tokenizer tokenizer) {
        this.settings = settings;
        this.decoder = new StreamingDecoder(tokenizer, true);
    }

    boolean isFinished() {
        return finished;
    }

    /** Takes the next token and returns what became certain. */
    String next(int id) {
        if (settings.stopIds().contains(id)) {
            return finish(GeneratedText.End.TOKEN);
        }
        ids.add(id);
        text.append(decoder.next(id));
        if (cutAtStopString()) {
            return finish(GeneratedText.End.STRING);
        }
        return ids.size() >= settings.maxNewTokens()
                ? finish(GeneratedText.End.LENGTH)
                : tell(text.length() - heldBack());
    }

    /** Ends the text and returns the rest of it. */
    String finish(GeneratedText.End why) {
        finished = true;
        end = why;
        if (why != GeneratedText.End.STRING) {
            text.append(decoder.finish());
            if (cutAtStopString()) {
                end = GeneratedText.End.STRING;
            }
        }
        return tell(text.length());
    }

    private String tell(int until) {
        String piece = text.substring(Math.min(told, until), until);
        told = Math.max(told, until);
        return piece;
    }

    private boolean cutAtStopString() {
        int first = -1;
        for (String stop : settings.stopStrings()) {
            int at = text.indexOf(stop, Math.max(0, told - stop.length()));
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        if (first >= 0) {
            text.setLength(first);
        }
        return first >= 0;
    }

    /** How many characters at the end may be the beginning of a stop string. */
    private int heldBack() {
        int most = 0;
        for (String stop : settings.stopStrings()) {
            for (int length = Math.min(stop.length() - 1, text.length()); length > most; length--) {
                if (stop.startsWith(text.substring(text.length() - length))) {
                    most = length;
                    break;
                }
            }
        }
        return most;
    }

    GeneratedText result() {
        return new GeneratedText(ids, text.toString(), end);
    }
}
