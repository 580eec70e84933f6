package dev.temper.data.shape;

import dev.temper.data.read.DataFile;
import dev.temper.data.read.Detected;
import dev.temper.data.read.Item;
import dev.temper.data.read.Records;
import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.row.StoredColumns;
import dev.temper.data.row.Turn;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The rows of a file by a mapping, one at a time, each with what became of it. The same file and mapping give the same
 * outcomes in the same order, so that an import can go on where it stopped. Not for several threads.
 */
public final class Rows implements Closeable {
    /** The column of an exported table that holds what its other columns can't. */
    private static final String WHOLE = "row";

    /** Plain texts among conversations are rows all the same. */
    private static final Set<Shape> MAY_BE_TEXT = Set.of(Shape.ALPACA, Shape.SHAREGPT, Shape.MESSAGES);

    private final Records records;
    private final Mapping mapping;
    private final @Nullable ExamText exam;
    private final Deque<Outcome> waiting = new ArrayDeque<>();
    private long position;
    private boolean ended;
    private String paper = "";

    private Rows(Records records, Mapping mapping) {
        this.records = records;
        this.mapping = mapping;
        this.exam = mapping.shape() == Shape.EXAM_TEXT ? new ExamText() : null;
    }

    /**
     * From where an earlier reading stopped.
     *
     * @param position what {@link #position} said then; 0 for the beginning
     */
    public static Rows open(DataFile file, Mapping mapping, long position) throws IOException {
        boolean oneForOne = mapping.shape() != Shape.EXAM_TEXT;
        Rows rows = new Rows(file.with(mapping.reading()).open(oneForOne ? position : 0), mapping);
        if (oneForOne) {
            rows.position = rows.records.position();
            return rows;
        }
        try {
            while (rows.position < position && rows.next() != null) {
                // Only counted: a question may begin in the middle of a record.
            }
            return rows;
        } catch (IOException | RuntimeException failed) {
            rows.close();
            throw failed;
        }
    }

    /** What became of the next row; null at the end. */
    public @Nullable Outcome next() throws IOException {
        while (waiting.isEmpty() && !ended) {
            Item item = records.next();
            if (item == null) {
                ended = true;
                if (exam != null) {
                    exam.end(this::add);
                }
            } else {
                take(item);
            }
        }
        Outcome next = waiting.poll();
        position += next == null ? 0 : 1;
        return next;
    }

    /** How many outcomes were given, those before a resumed start included. */
    public long position() {
        return position;
    }

    /** How much of the file has been read, from 0 to 1. */
    public double progress() {
        return records.progress();
    }

    public Detected detected() {
        return records.detected();
    }

    private void take(Item item) {
        switch (item) {
            case Item.Unreadable unreadable -> waiting.add(new Outcome.Left(unreadable.leftOut()));
            case Item.Value value when exam != null -> lines(value, exam);
            case Item.Value value -> waiting.add(outcome(value.value(), value.place(), mapping));
        }
    }

    private void lines(Item.Value value, ExamText questions) {
        String document = document(value.place());
        if (!document.equals(paper)) {
            questions.end(this::add);
            paper = document;
        }
        long line = value.place().line();
        for (String text : value.value().path("text").asString("").split("\n", -1)) {
            questions.line(text, new Place(value.place().file(), value.place().within(), line, null), this::add);
            line++;
        }
    }

    /** Which paper a place is in: pages belong together, files of an archive don't. */
    private static String document(Place place) {
        String within = place.within() == null ? "" : place.within();
        return within.replaceFirst("(?: › |^)page \\d+$", "");
    }

    private void add(ExamText.Found found) {
        JsonNode source = JsonNodeFactory.instance.objectNode().put("text", found.source());
        switch (found) {
            case ExamText.Found.Stray stray ->
                waiting.add(
                        new Outcome.Left(new LeftOut(stray.place(), ShapeCode.TEXT_OUTSIDE.code(), Map.of(), source)));
            case ExamText.Found.Asked asked -> waiting.add(asked(asked, source));
        }
    }

    private static Outcome asked(ExamText.Found.Asked asked, JsonNode source) {
        try {
            if (asked.answer().isEmpty()) {
                throw Unfit.of(ShapeCode.ANSWER_MISSING, Map.of());
            }
            if (asked.stem().isEmpty()) {
                throw Unfit.of(ShapeCode.QUESTION_MISSING, Map.of());
            }
            List<Turn> turns = new Question(asked.stem(), asked.options(), asked.answer(), asked.explanation()).turns();
            return new Outcome.Kept(Row.conversation(asked.place(), turns).withExtra(asked.notes()));
        } catch (Unfit unfit) {
            return left(unfit, asked.place(), source);
        }
    }

    /** What becomes of one record by itself, as where a person mends a row that was left out. */
    public static Outcome outcome(JsonNode record, Place place, Mapping mapping) {
        try {
            Fields fields = new Fields(record, mapping, place);
            return new Outcome.Kept(row(fields, mapping));
        } catch (Unfit unfit) {
            return left(unfit, place, record);
        }
    }

    private static Row row(Fields fields, Mapping mapping) {
        JsonNode record = fields.record();
        if (mapping.shape() == Shape.ALPACA && fields.has(WHOLE)) {
            return canonical(fields.structure(WHOLE));
        }
        boolean spoken = fields.has("instruction") || fields.has("conversations") || fields.has("messages");
        if (!spoken
                && MAY_BE_TEXT.contains(mapping.shape())
                && record.path("text").isString()) {
            return ColumnShapes.text(fields);
        }
        return switch (mapping.shape()) {
            case CANONICAL -> canonical(record);
            case ALPACA -> ConversationShapes.alpaca(fields);
            case SHAREGPT -> ConversationShapes.shareGpt(fields);
            case MESSAGES -> ConversationShapes.messages(fields);
            case PREFERENCE -> ConversationShapes.preference(fields);
            case JUDGED -> ConversationShapes.judged(fields);
            case TEXT, EXAM_TEXT -> ColumnShapes.text(fields);
            case QUESTION_BANK -> ColumnShapes.questionBank(fields);
            case COLUMNS -> ColumnShapes.columns(fields, mapping);
        };
    }

    private static Row canonical(JsonNode record) {
        try {
            return StoredColumns.hold(record) ? StoredColumns.row(record) : CanonicalJson.row(record);
        } catch (IllegalArgumentException | JacksonException broken) {
            String reason = broken.getMessage() == null ? "" : broken.getMessage();
            throw Unfit.of(ShapeCode.ROW_BROKEN, Map.of("reason", reason));
        }
    }

    private static Outcome left(Unfit unfit, Place place, JsonNode content) {
        Place where = unfit.column() == null ? place : place.column(unfit.column());
        return new Outcome.Left(new LeftOut(where, unfit.code().code(), unfit.facts(), content));
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
