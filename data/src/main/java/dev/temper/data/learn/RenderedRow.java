package dev.temper.data.learn;

import dev.temper.text.template.EncodingOptions;
import dev.temper.text.template.Turn;
import dev.temper.text.tokenizer.AddedToken;
import dev.temper.text.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row as the model reads it.
 *
 * @param segments its text in order, in stretches of one kind
 * @param rejected the worse of two answers in the same way; empty where answers are not compared
 * @param tokens uncut
 * @param kept how many of them are trained on
 * @param learned how many of those are learned
 * @param hidden tokens at the end that are not shown, because there are very many
 * @param loss why it teaches nothing; null where it does
 */
public record RenderedRow(
        List<Segment> segments,
        List<Segment> rejected,
        int tokens,
        int kept,
        int learned,
        int hidden,
        @Nullable Loss loss) {
    private static final int MOST_SHOWN = 4_000;

    public RenderedRow {
        segments = List.copyOf(segments);
        rejected = List.copyOf(rejected);
    }

    /** What becomes of tokens. */
    public enum Kind {
        /** Read, not learned. */
        PROMPT,
        LEARNED,
        /** Beyond the cutoff. */
        CUT
    }

    /** @param special whether it is one control token */
    public record Segment(String text, Kind kind, boolean special, int tokens) {}

    public static RenderedRow of(EncodedRow row, Tokenizer tokenizer, int cutoff) {
        return switch (row) {
            case EncodedRow.Unfit unfit -> new RenderedRow(List.of(), List.of(), 0, 0, 0, 0, unfit.loss());
            case EncodedRow.Turns turns -> of(turns, tokenizer, cutoff);
        };
    }

    private static RenderedRow of(EncodedRow.Turns row, Tokenizer tokenizer, int cutoff) {
        EncodingOptions options = EncodingOptions.cutoff(cutoff);
        Fate fate = Fate.of(row.lengths(), options);
        int[] kept = fate.truncation().kept();
        boolean used = fate.loss() == null;
        Kind answer = used ? Kind.LEARNED : Kind.PROMPT; // Nothing of a row that is left out is learned.
        Text text = new Text(tokenizer);
        for (int i = 0; i < row.turns().size(); i++) {
            text.add(row.turns().get(i).prompt(), kept[2 * i], Kind.PROMPT);
            text.add(row.turns().get(i).response(), kept[2 * i + 1], answer);
        }
        Text worse = new Text(tokenizer);
        Turn rejected = row.rejected();
        if (rejected != null) {
            worse.add(rejected.response(), kept[1], answer);
        }
        return new RenderedRow(
                text.segments(),
                worse.segments(),
                Arrays.stream(row.lengths()).sum(),
                used ? fate.truncation().length() : 0,
                used ? fate.truncation().learned() : 0,
                text.hidden(),
                fate.loss());
    }

    /** Tokens on their way to being text. */
    private static final class Text {
        private final Tokenizer tokenizer;
        private final Set<Integer> special;
        private final List<Run> runs = new ArrayList<>();
        private int[] ids = {};

        /** Tokens up to {@code end}, from where the run before ended. */
        private record Run(int end, Kind kind, boolean special) {}

        Text(Tokenizer tokenizer) {
            this.tokenizer = tokenizer;
            this.special = tokenizer.addedTokens().stream()
                    .filter(AddedToken::special)
                    .map(AddedToken::id)
                    .collect(Collectors.toSet());
        }

        void add(int[] more, int kept, Kind kind) {
            int from = ids.length;
            ids = Arrays.copyOf(ids, from + more.length);
            System.arraycopy(more, 0, ids, from, more.length);
            for (int i = 0; i < more.length; i++) {
                run(from + i + 1, i < kept ? kind : Kind.CUT, special.contains(more[i]));
            }
        }

        private void run(int end, Kind kind, boolean control) {
            Run last = runs.isEmpty() ? null : runs.getLast();
            if (last != null && last.kind() == kind && !last.special() && !control) {
                runs.removeLast();
            }
            runs.add(new Run(end, kind, control));
        }

        int hidden() {
            return Math.max(0, ids.length - MOST_SHOWN);
        }

        List<Segment> segments() {
            List<Segment> segments = new ArrayList<>();
            int from = 0;
            String before = "";
            for (Run run : runs) {
                int end = Math.min(run.end(), MOST_SHOWN);
                if (end > from) {
                    // From the beginning each time: how a token is written can depend on those before it.
                    String now = tokenizer.decode(Arrays.copyOf(ids, end));
                    boolean last = end == ids.length || end == MOST_SHOWN;
                    String whole = last ? now : withoutHalves(now);
                    String own = whole.substring(Math.min(before.length(), whole.length()));
                    segments.add(new Segment(own, run.kind(), run.special(), end - from));
                    before = whole;
                    from = end;
                }
            }
            return segments;
        }

        /** A character whose bytes go on in the next run belongs to that one. */
        private static String withoutHalves(String text) {
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == '\uFFFD') {
                end--;
            }
            return text.substring(0, end);
        }
    }
}
