package dev.temper.data.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import dev.temper.data.SharedFiles;
import dev.temper.data.recipe.RecipeContext;
import dev.temper.data.recipe.Trial;
import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import dev.temper.data.row.Turn;
import dev.temper.text.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenLimitTest {
    private static final Tokenizer TOKENIZER =
            Tokenizer.open(SharedFiles.projectRoot().resolve("models/temper-mini"));
    private static final Place PLACE = Place.of("a", 1);

    @TempDir
    Path folder;

    @Test
    void plainTextBecomesPiecesThatFitAndLoseNothing() {
        String text = IntStream.range(0, 60)
                .mapToObj(i -> i % 2 == 0 ? "This is sentence number " + i + ". " : "这是第" + i + "句话。")
                .collect(Collectors.joining());

        Trial trial = limited(Row.text(PLACE, text), "'tokens':50,'tooLong':'split'");

        assertThat(trial.kept())
                .hasSizeGreaterThan(5)
                .allSatisfy(piece ->
                        assertThat(TOKENIZER.encode(RowText.all(piece))).hasSizeLessThanOrEqualTo(50))
                .allSatisfy(piece -> assertThat(RowText.all(piece)).matches("(?s).*[.。]"));
        assertThat(trial.kept().stream()
                        .map(RowText::all)
                        .collect(Collectors.joining())
                        .replace(" ", ""))
                .isEqualTo(text.replace(" ", ""));
        assertThat(trial.reports().getFirst().added()).isEqualTo(trial.kept().size() - 1);
    }

    @Test
    void aConversationLosesItsEarliestExchangesFirst() {
        Row row = conversation(6);

        Row cut = limited(row, "'tokens':60").kept().getFirst();

        assertThat(cut.turns().getFirst()).isEqualTo(row.turns().getFirst());
        assertThat(cut.turns()).hasSizeBetween(3, 11);
        assertThat(cut.turns().subList(1, cut.turns().size()))
                .isEqualTo(row.turns()
                        .subList(
                                row.turns().size() - cut.turns().size() + 1,
                                row.turns().size()));
    }

    @Test
    void aConversationIsSplitBetweenExchanges() {
        Row row = conversation(6);

        List<Row> pieces = limited(row, "'tokens':60,'tooLong':'split'").kept();

        assertThat(pieces)
                .hasSizeGreaterThan(1)
                .allSatisfy(piece -> assertThat(piece.turns().getFirst())
                        .isEqualTo(row.turns().getFirst()));
        assertThat(pieces.stream().flatMap(piece -> piece.turns().stream().skip(1)))
                .containsExactlyElementsOf(row.turns().subList(1, row.turns().size()));
    }

    @Test
    void theLastAnswerIsCutAtTheEndOfASentence() {
        Row row = Row.conversation(
                PLACE,
                List.of(
                        Turn.user("Why?"),
                        Turn.assistant("Because it is so. ".repeat(40).strip())));

        Row cut = limited(row, "'tokens':64").kept().getFirst();

        assertThat(RowText.answer(cut))
                .endsWith("so.")
                .hasSizeLessThan(RowText.answer(row).length());
        assertThat(RowText.question(cut)).isEqualTo("Why?");
    }

    @Test
    void whatCannotBeMadeToFitIsLeftOutWithItsLength() {
        Row question = Row.conversation(PLACE, List.of(Turn.user("why ".repeat(100)), Turn.assistant("so")));
        Row pair = Row.preference(
                PLACE, List.of(Turn.user("?")), Turn.assistant("good ".repeat(100)), Turn.assistant("bad"));

        assertThat(limited(question, "'tokens':64").codes()).containsExactly("too_many_tokens");
        assertThat(limited(pair, "'tokens':64").leftOut().getFirst().facts()).containsEntry("most", 64);
        assertThat(limited(conversation(6), "'tokens':60,'tooLong':'leave_out'").kept())
                .isEmpty();
    }

    @Test
    void withoutAModelThereIsNothingToCountBy() {
        assertThatThrownBy(() -> Trial.run(folder, List.of(), "{'step':'token_limit'}"))
                .isInstanceOfSatisfying(
                        CodedException.class,
                        failure -> assertThat(failure.code()).isEqualTo("recipe_model_missing"));
    }

    private static Row conversation(int exchanges) {
        return Row.conversation(
                PLACE,
                IntStream.rangeClosed(0, 2 * exchanges)
                        .mapToObj(i -> i == 0
                                ? Turn.system("Be short.")
                                : i % 2 == 1 ? Turn.user("Question " + i + "?") : Turn.assistant("Answer " + i + "."))
                        .toList());
    }

    private Trial limited(Row row, String settings) {
        return Trial.run(
                new RecipeContext(folder, model -> TOKENIZER), List.of(row), "{'step':'token_limit'," + settings + "}");
    }
}
