package dev.temper.data.shape;

import dev.temper.data.row.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Questions out of running text, line by line: “1. …”, “A. …”, “答案:B 解析:…”, with headings that say chapter and kind. A
 * question ends where the next begins, so that one at a time is held; only those without an answer wait for a key at the
 * end of the paper.
 */
final class ExamText {
    // (?U): the wide space of Chinese typing is white space, too.
    private static final Pattern START =
            Pattern.compile("(?U)^\\s*(?:第\\s*)?[(（]?(\\d{1,4})[)）]?\\s*(?:题\\s*)?[.．、)）:：]\\s*(?!\\d)(.*)$");
    private static final Pattern ANSWER = Pattern.compile(
            "(?U)[【\\[(（]?(?:正确答案|参考答案|标准答案|答案|Correct answer|Answer|Key)[】\\])）]?\\s*[:：]?\\s*(?:是|为)?\\s*",
            Pattern.CASE_INSENSITIVE);
    static final Pattern EXPLANATION = Pattern.compile(
            "(?U)[【\\[(（]?(?:答案解析|试题解析|解析|详解|Explanation|Rationale)[】\\])）]?\\s*[:：]\\s*|【(?:答案解析|试题解析|解析|详解)】\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NOTE = Pattern.compile(
            "(?U)^\\s*[【\\[]?(难度|章节|知识点|考点|题型|Difficulty|Chapter|Topic)[】\\]]?\\s*[:：]?\\s*(.+)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HEADING = Pattern.compile(
            "(?U)^\\s*(第[一二三四五六七八九十百\\d]+[章节部篇]分?.*|[一二三四五六七八九十]+[、.．].*题.*|(?:Chapter|Section|Part)\\s+\\w+.*)$");
    private static final Pattern IN_BRACKETS = Pattern.compile("(?U)[(（]\\s*([A-H]{1,8})\\s*[)）]");

    private static final Pattern SECTION = Pattern.compile("(?U)^\\s*([一二三四五六七八九十]+)[、.．].*");
    /** More questions than a paper has; beyond, they are told as unanswered. */
    private static final int MOST_WAITING = 5_000;

    private enum Part {
        STEM,
        OPTIONS,
        ANSWER,
        EXPLANATION
    }

    /** A question as its lines come in. */
    private static final class Draft {
        final Place place;
        final int number;
        final StringBuilder source = new StringBuilder();
        final StringBuilder stem = new StringBuilder();
        final SequencedMap<String, String> options = new LinkedHashMap<>();
        final StringBuilder answer = new StringBuilder();
        final StringBuilder explanation = new StringBuilder();
        final Map<String, JsonNode> notes = new LinkedHashMap<>();
        Part part = Part.STEM;

        Draft(Place place, int number) {
            this.place = place;
            this.number = number;
        }
    }

    /** What is found: a question, or text that is part of none. */
    sealed interface Found {
        Place place();

        String source();

        record Asked(
                Place place,
                String source,
                String stem,
                SequencedMap<String, String> options,
                String answer,
                @Nullable String explanation,
                Map<String, JsonNode> notes)
                implements Found {
            Asked answered(AnswerKey.Answer by) {
                String why = by.explanation() == null ? explanation : by.explanation();
                return new Asked(place, source, stem, options, by.text(), why, notes);
            }
        }

        record Stray(Place place, String source) implements Found {}
    }

    private final Map<String, JsonNode> headings = new LinkedHashMap<>();
    private final Deque<Waiting> unanswered = new ArrayDeque<>();
    private AnswerKey key = new AnswerKey();
    private boolean inKey;
    private String section = "";
    private @Nullable Draft draft;

    /** A question that may find its answer at the end. */
    private record Waiting(Found.Asked asked, String section, int number) {}

    static boolean startsQuestion(String line) {
        return START.matcher(line).matches();
    }

    static boolean tellsAnswer(String line) {
        Matcher answer = ANSWER.matcher(line);
        return answer.find() && answer.start() < 4;
    }

    void line(String line, Place place, Consumer<Found> found) {
        if (line.isBlank()) {
            return;
        }
        if (AnswerKey.isHeading(line) && !unanswered.isEmpty()) {
            close(found);
            inKey = true;
            section = "";
            return;
        }
        Matcher start = START.matcher(line);
        if (HEADING.matcher(line).matches()) {
            close(found);
            Matcher numbered = SECTION.matcher(line);
            section = numbered.matches() ? numbered.group(1) : section;
            boolean chapter = line.strip().startsWith("第") || line.strip().matches("(?i)(chapter|part).*");
            headings.put(chapter ? "chapter" : "section", JsonNodeFactory.instance.stringNode(line.strip()));
        } else if (inKey) {
            if (!key.take(line, section)) {
                found.accept(new Found.Stray(place, line));
            }
        } else if (start.matches()) {
            close(found);
            draft = new Draft(place, Integer.parseInt(start.group(1)));
            draft.notes.putAll(headings);
            draft.source.append(line.strip());
            take(draft, start.group(2));
        } else if (draft == null) {
            found.accept(new Found.Stray(place, line));
        } else {
            draft.source.append('\n').append(line.strip());
            take(draft, line);
        }
    }

    /** The text ends, and with it the last question and the wait for answers. */
    void end(Consumer<Found> found) {
        close(found);
        for (Waiting waiting : unanswered) {
            boolean only = unanswered.stream()
                            .filter(other -> other.number() == waiting.number())
                            .count()
                    == 1;
            found.accept(key.answer(waiting.section(), waiting.number(), only)
                    .map(waiting.asked()::answered)
                    .orElse(waiting.asked()));
        }
        unanswered.clear();
        headings.clear();
        key = new AnswerKey();
        inKey = false;
        section = "";
    }

    private void close(Consumer<Found> found) {
        Draft ended = draft;
        draft = null;
        if (ended == null) {
            return;
        }
        String stem = ended.stem.toString().strip();
        String answer = ended.answer.toString().strip();
        Matcher inside = IN_BRACKETS.matcher(stem);
        if (answer.isEmpty() && !ended.options.isEmpty() && inside.find()) {
            answer = inside.group(1);
            stem = stem.substring(0, inside.start()) + "( )" + stem.substring(inside.end());
        }
        String explanation = ended.explanation.isEmpty()
                ? null
                : ended.explanation.toString().strip();
        Found.Asked asked = new Found.Asked(
                ended.place, ended.source.toString(), stem, ended.options, answer, explanation, ended.notes);
        if (!answer.isEmpty()) {
            found.accept(asked);
            return;
        }
        unanswered.add(new Waiting(asked, section, ended.number));
        if (unanswered.size() > MOST_WAITING) {
            found.accept(unanswered.removeFirst().asked());
        }
    }

    private static void take(Draft into, String line) {
        Matcher answer = ANSWER.matcher(line);
        Matcher explanation = EXPLANATION.matcher(line);
        boolean explains = explanation.find();
        if (answer.find() && isMark(line, answer.start()) && (!explains || answer.start() < explanation.start())) {
            plain(into, line.substring(0, answer.start()));
            into.part = Part.ANSWER;
            rest(into, line.substring(answer.end()));
        } else {
            rest(into, line);
        }
    }

    private static void rest(Draft into, String line) {
        Matcher explanation = EXPLANATION.matcher(line);
        if (explanation.find() && isMark(line, explanation.start())) {
            plain(into, line.substring(0, explanation.start()));
            into.part = Part.EXPLANATION;
            plain(into, line.substring(explanation.end()));
        } else {
            plain(into, line);
        }
    }

    /** Whether a word stands where a mark does: first, or behind a space, a bracket or the end of a sentence. */
    private static boolean isMark(String line, int at) {
        return line.substring(0, at).isBlank()
                || " \t\u3000。.;；)）】]".indexOf(line.charAt(at - 1)) >= 0
                || "【[(（".indexOf(line.charAt(at)) >= 0;
    }

    private static void plain(Draft into, String line) {
        if (line.isBlank()) {
            return;
        }
        Matcher note = NOTE.matcher(line);
        if (note.matches()) {
            into.notes.put(
                    note.group(1),
                    JsonNodeFactory.instance.stringNode(note.group(2).strip()));
            return;
        }
        SequencedMap<String, String> options = Options.in(line.strip());
        if (!options.isEmpty() && (into.part == Part.STEM || into.part == Part.OPTIONS)) {
            into.options.putAll(options);
            into.part = Part.OPTIONS;
            return;
        }
        switch (into.part) {
            case STEM -> append(into.stem, line);
            case OPTIONS -> into.options.merge(into.options.lastEntry().getKey(), line.strip(), (a, b) -> a + "\n" + b);
            case ANSWER -> append(into.answer, line);
            case EXPLANATION -> append(into.explanation, line);
        }
    }

    private static void append(StringBuilder text, String line) {
        text.append(text.isEmpty() ? "" : "\n").append(line.strip());
    }
}
