package dev.temper.data.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import dev.temper.data.read.DataFile;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import dev.temper.data.row.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTest {
    private static final String FULL =
            "{\"shape\":\"columns\",\"fields\":{\"system\":\"Be kind\",\"user\":\"{{q}}\\n{{n}}\","
                    + "\"assistant\":\"{{a}}\"},\"keep\":[\"id\"],\"read\":{\"format\":\"csv\",\"encoding\":\"GBK\",\"delimiter\":\";\","
                    + "\"header\":true,\"path\":\"/x\",\"sheets\":[\"S\"]}}";

    @TempDir
    Path folder;

    @Test
    void aMappingComesBackAsItWas() {
        assertThat(MappingJson.write(MappingJson.read(FULL))).isEqualTo(FULL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/shape",
                "{\"shape\":\"cube\"}|/shape",
                "{\"shape\":\"text\",\"field\":{}}|/field",
                "{\"shape\":\"text\",\"fields\":{\"user\":\"x\"}}|/fields/user",
                "{\"shape\":\"text\",\"fields\":{\"text\":1}}|/fields/text",
                "{\"shape\":\"columns\",\"fields\":{\"user\":\"x\"}}|/fields",
                "{\"shape\":\"text\",\"keep\":[1]}|/keep/0",
                "{\"shape\":\"text\",\"read\":{\"delimiter\":\"ab\"}}|/read/delimiter",
                "{\"shape\":\"text\",\"read\":{\"colour\":\"red\"}}|/read/colour",
                "{\"shape\":\"text\",\"shape\":\"text\"}|''",
                "[]|''",
            })
    void slipsAreRefusedWithTheirPlace(String json, String pointer) {
        assertThatThrownBy(() -> MappingJson.read(json))
                .asInstanceOf(InstanceOfAssertFactories.type(CodedException.class))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("mapping_invalid");
                    assertThat(failure.details()).containsEntry("pointer", pointer);
                });
    }

    @Test
    void aPreviewShowsTheFirstRecordsBeforeAndAfter() throws IOException {
        DataFile file = given("题;答\n怎么开户？;带身份证。\n转账限额？;\n太多;列;了\n以后;不看\n", "faq.csv");
        Mapping mapping =
                MappingJson.read("{\"shape\":\"columns\",\"fields\":{\"user\":\"{{题}}\",\"assistant\":\"{{答}}\"}}");

        MappingPreview preview = MappingPreview.of(file, mapping, 3);

        assertThat(preview.columns()).containsExactly("题", "答");
        assertThat(preview.detected().delimiter()).isEqualTo(';');
        assertThat(preview.lines())
                .extracting(line -> switch (line.outcome()) {
                    case Outcome.Kept(Row row) -> row.turns().getLast().text();
                    case Outcome.Left(LeftOut left) -> left.code();
                })
                .containsExactly("带身份证。", "text_empty", "columns_differ");
        assertThat(preview.lines()).allMatch(line -> line.source() != null);
    }

    @Test
    void aPreviewOfAPaperShowsItsQuestions() throws IOException {
        DataFile file = given("试卷\n1. 一？\n答案：甲\n2. 二？\n答案：乙\n", "exam.txt");

        MappingPreview preview = MappingPreview.of(file, Mapping.of(Shape.EXAM_TEXT), 10);

        assertThat(preview.lines()).hasSize(3);
        assertThat(preview.lines().getFirst().outcome()).isInstanceOf(Outcome.Left.class);
    }

    @Test
    void columnsFillTemplates() throws IOException {
        DataFile file = given("q;a;n;id;other\nwhat?;this;3;7;x\n;;;8;y\n", "rows.csv");
        Mapping mapping = MappingJson.read(FULL.replace("\"GBK\"", "\"UTF-8\"").replace(",\"path\":\"/x\"", ""));

        Given given = Given.mapped(file, Recognition.of(file), mapping);

        assertThat(given.rows().getFirst().turns())
                .containsExactly(Turn.system("Be kind"), Turn.user("what?\n3"), Turn.assistant("this"));
        assertThat(given.rows().getFirst().extra()).containsOnlyKeys("id");
        assertThat(given.codes()).containsExactly("text_empty");
    }

    @Test
    void aColumnThatIsNotThereIsASlipAndNotAnEmptyCell() throws IOException {
        DataFile file = given("q,a\nwhat?,this\n", "rows.csv");
        Mapping mapping = MappingJson.read(
                "{\"shape\":\"columns\",\"fields\":{\"user\":\"{{question}}\",\"assistant\":\"{{a}}\"}}");

        assertThat(Given.mapped(file, Recognition.of(file), mapping).codes()).containsExactly("column_missing");
    }

    @Test
    void knownShapesMayHaveOtherNames() throws IOException {
        DataFile file = given(
                "{\"dialog\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}]}\n",
                "r.jsonl");
        Mapping mapping = MappingJson.read("{\"shape\":\"messages\",\"fields\":{\"messages\":\"{{dialog}}\"}}");

        assertThat(Given.mapped(file, Recognition.of(file), mapping)
                        .rows()
                        .getFirst()
                        .turns())
                .hasSize(2);
    }

    @Test
    void proposalsFollowNamesAndTexts() throws IOException {
        assertThat(Recognition.of(given("编号,客户问题,客服回复\n1,怎么退?,七天内。\n", "a.csv"))
                        .mapping()
                        .fields())
                .containsEntry("user", Template.column("客户问题"))
                .containsEntry("assistant", Template.column("客服回复"));
        Proposal guess = Recognition.of(given("id,x,y\n1,How do I return it?,Within seven days.\n", "b.csv"));
        assertThat(guess.isCertain()).isFalse();
        assertThat(guess.mapping().fields()).containsEntry("user", Template.column("x"));
        assertThat(guess.columns()).containsExactly("id", "x", "y");
    }

    @Test
    void rowsGoOnWhereTheyStopped() throws IOException {
        DataFile file = given("1. one?\n答案:a\n2. two?\n答案:b\n3. three?\n答案:c\n", "exam.txt");
        Mapping mapping = Mapping.of(Shape.EXAM_TEXT);
        List<Outcome> rest = new ArrayList<>();
        try (Rows all = Rows.open(file, mapping, 0);
                Rows again = Rows.open(file, mapping, 2)) {
            all.next();
            all.next();
            assertThat(again.position()).isEqualTo(all.position());
            rest.add(again.next());
            assertThat(rest).containsExactly(all.next());
            assertThat(again.next()).isNull();
        }
    }

    private DataFile given(String content, String name) throws IOException {
        Path path = folder.resolve(name);
        Files.writeString(path, content);
        return DataFile.of(path, name);
    }
}
