package dev.temper.data.clean;

import dev.temper.data.clean.TokenLimit.TooLong;
import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Step;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowKind;
import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes rows fit a number of tokens. */
record Fitting(TokenCount count, TooLong tooLong) implements Step {
    @Override
    public Outcome apply(Row row) {
        if (count.surelyFits(row)) {
            return Outcome.UNCHANGED;
        }
        int tokens = count.of(row);
        if (tokens <= count.limit()) {
            return Outcome.UNCHANGED;
        }
        List<Row> pieces = tooLong == TooLong.LEAVE_OUT
                ? List.of()
                : row.text() != null ? pieces(row, row.text()) : exchanges(row);
        return switch (pieces.size()) {
            case 0 -> Outcome.drop("too_many_tokens", Map.of("tokens", tokens, "most", count.limit()));
            case 1 -> new Outcome.Changed(pieces.getFirst(), Map.of());
            default -> new Outcome.Divided(pieces, Map.of());
        };
    }

    private List<Row> pieces(Row row, String text) {
        List<Row> pieces = new ArrayList<>();
        String rest = text;
        while (!rest.isEmpty() && (pieces.isEmpty() || tooLong == TooLong.SPLIT)) {
            int fits = Math.max(1, count.fitting(rest, count.limit()));
            String piece = rest.substring(0, fits).strip();
            if (!piece.isEmpty()) {
                pieces.add(row.withText(piece));
            }
            rest = rest.substring(fits);
        }
        return pieces;
    }

    /** Only a conversation can lose turns or words: two answers that are compared, or one that was judged, stay whole. */
    private List<Row> exchanges(Row row) {
        List<Turn> system = row.turns().stream()
                .filter(turn -> turn.speaker() == Speaker.SYSTEM)
                .toList();
        List<List<Turn>> exchanges = exchanges(row.turns());
        boolean whole = row.kind() != RowKind.CONVERSATION;
        if (exchanges.isEmpty() || (whole && tooLong == TooLong.SPLIT)) {
            return List.of();
        }
        if (whole || tooLong == TooLong.CUT) {
            return cut(row, system, exchanges, whole).map(List::of).orElse(List.of());
        }
        List<Row> pieces = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= exchanges.size(); to++) {
            boolean last = to == exchanges.size();
            if (last || count.of(joined(system, exchanges.subList(from, to + 1))) > count.limit()) {
                List<List<Turn>> piece = exchanges.subList(from, to);
                // One exchange that is too long by itself is cut; where that can't be, the row as a whole is left out.
                Optional<Row> fitted = cut(row, system, piece, false);
                if (fitted.isEmpty()) {
                    return List.of();
                }
                pieces.add(fitted.orElseThrow());
                from = to;
            }
        }
        return pieces;
    }

    private Optional<Row> cut(Row row, List<Turn> system, List<List<Turn>> exchanges, boolean whole) {
        for (int from = 0; from < exchanges.size(); from++) {
            Row shorter = row.withTurns(joined(system, exchanges.subList(from, exchanges.size())));
            int over = count.of(shorter) - count.limit();
            if (over <= 0) {
                return Optional.of(shorter);
            }
            if (!whole && from == exchanges.size() - 1) {
                return answerCut(shorter, over);
            }
        }
        return Optional.empty();
    }

    private Optional<Row> answerCut(Row row, int over) {
        Turn answer = row.turns().getLast();
        if (answer.speaker() != Speaker.ASSISTANT || !answer.more().isEmpty()) {
            return Optional.empty();
        }
        String text = answer.text();
        String shorter =
                text.substring(0, count.fitting(text, count.of(text) - over)).strip();
        if (shorter.isEmpty()) {
            return Optional.empty();
        }
        List<Turn> turns = new ArrayList<>(row.turns());
        turns.set(turns.size() - 1, answer.saying(shorter));
        return Optional.of(row.withTurns(turns));
    }

    /** From one question to before the next. */
    private static List<List<Turn>> exchanges(List<Turn> turns) {
        List<List<Turn>> exchanges = new ArrayList<>();
        for (Turn turn : turns) {
            if (turn.speaker() == Speaker.SYSTEM) {
                continue;
            }
            boolean follows = !exchanges.isEmpty()
                    && (turn.speaker() != Speaker.USER
                            || exchanges.getLast().getLast().speaker() == Speaker.USER);
            if (!follows) {
                exchanges.add(new ArrayList<>());
            }
            exchanges.getLast().add(turn);
        }
        return exchanges;
    }

    private static List<Turn> joined(List<Turn> system, List<List<Turn>> exchanges) {
        List<Turn> turns = new ArrayList<>(system);
        exchanges.forEach(turns::addAll);
        return turns;
    }
}
