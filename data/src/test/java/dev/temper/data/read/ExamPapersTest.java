package dev.temper.data.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.row.Turn;
import dev.temper.data.shape.Outcome;
import dev.temper.data.shape.Proposal;
import dev.temper.data.shape.Recognition;
import dev.temper.data.shape.Rows;
import dev.temper.data.shape.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A question bank that comes as a paper: in Word with Word's own numbers, as a PDF, and both in an archive. */
class ExamPapersTest {
    private static final Row WANTED = Row.conversation(
            Place.of("x", 1),
            List.of(Turn.user("Which is red?\nA. sky\nB. blood"), Turn.assistant("Answer: B\nExplanation: Iron.")));

    @TempDir
    Path folder;

    @Test
    void inWord() throws IOException {
        assertThat(turns(Reading.file(folder, "exam.docx", word()))).containsExactly(WANTED.turns(), WANTED.turns());
    }

    @Test
    void asPdf() throws IOException {
        assertThat(turns(Reading.file(folder, "exam.pdf", pdf()))).containsExactly(WANTED.turns(), WANTED.turns());
    }

    @Test
    void bothInAnArchive() throws IOException {
        DataFile file = Reading.file(folder, "exams.zip", Reading.zip("a.docx", word(), "b.pdf", pdf()));

        assertThat(turns(file)).hasSize(4).containsOnly(WANTED.turns());
    }

    private static byte[] word() throws IOException {
        String[] question = {"#0:Which is red?", "#1:sky", "#1:blood", "Answer: B Explanation: Iron."};
        return Office.docx(
                question[0], question[1], question[2], question[3], question[0], question[1], question[2], question[3]);
    }

    private static byte[] pdf() throws IOException {
        return Office.pdf(
                null,
                "1. Which is red?\nA. sky B. blood\nAnswer: B Explanation: Iron.\n2. Which is red?",
                "A. sky\nB. blood\nAnswer: B\nExplanation: Iron.");
    }

    private static List<List<Turn>> turns(DataFile file) throws IOException {
        Proposal proposal = Recognition.of(file);
        assertThat(proposal.mapping().shape()).isEqualTo(Shape.EXAM_TEXT);
        List<List<Turn>> turns = new ArrayList<>();
        try (Rows rows = Rows.open(file, proposal.mapping(), 0)) {
            for (Outcome outcome = rows.next(); outcome != null; outcome = rows.next()) {
                assertThat(outcome).isInstanceOf(Outcome.Kept.class);
                turns.add(((Outcome.Kept) outcome).row().turns());
            }
        }
        return turns;
    }
}
