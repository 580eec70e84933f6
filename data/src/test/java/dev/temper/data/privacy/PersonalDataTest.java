package dev.temper.data.privacy;

import static dev.temper.data.recipe.Trial.asked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.temper.data.SharedFiles;
import dev.temper.data.recipe.Example;
import dev.temper.data.recipe.Trial;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class PersonalDataTest {
    private static final PersonalData ALL = new PersonalData(EnumSet.allOf(PersonalKind.class));

    @TempDir
    Path folder;

    @Test
    void findsWhatTheGoldenStringsHoldWithItsExactEnds() {
        List<String> wrong = new ArrayList<>();
        int right = 0;
        int missed = 0;
        int invented = 0;
        for (JsonNode golden : SharedFiles.golden("data/personal_data.json").path("strings")) {
            String text = golden.path("text").asString();
            Set<String> wanted = new TreeSet<>();
            golden.path("spans")
                    .forEach(span -> wanted.add(span.path("kind").asString() + " "
                            + span.path("utf16_start").asInt() + "-"
                            + span.path("utf16_end").asInt()));
            Set<String> found = new TreeSet<>();
            ALL.find(text).forEach(finding -> found.add(finding.kind() + " " + finding.start() + "-" + finding.end()));
            Set<String> both = new HashSet<>(wanted);
            both.retainAll(found);
            right += both.size();
            missed += wanted.size() - both.size();
            invented += found.size() - both.size();
            if (!wanted.equals(found)) {
                wrong.add(text + ": " + found + " instead of " + wanted);
            }
        }
        double f1 = 2.0 * right / (2.0 * right + missed + invented);
        System.out.printf("Personal data: F1 %.3f (%d right, %d missed, %d invented)%n", f1, right, missed, invented);
        assertThat(f1).as(String.join("\n", wrong)).isGreaterThanOrEqualTo(0.95);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    请联系张伟先生,电话13800138000。            | PERSON_NAME 张伟, CN_MOBILE 13800138000
                    我是王小明,想退货                            | PERSON_NAME 王小明
                    我是学生,想退货                              |
                    收件人:司马相如 地址:成都市武侯区人民南路4段12号3栋2单元501室 | ADDRESS 成都市武侯区人民南路4段12号3栋2单元501室, PERSON_NAME 司马相如
                    已改为:浙江省杭州市西湖区文三路 90 号 3 幢 502 室,谢谢 | ADDRESS 浙江省杭州市西湖区文三路 90 号 3 幢 502 室
                    Dear Emily, thank you                        | PERSON_NAME Emily
                    Dear Customer, thank you                     |
                    Call +44 20 7946 0018 or (212) 555-0147      | PHONE +44 20 7946 0018, PHONE (212) 555-0147
                    版本 10.2.3.4 已发布                         |
                    第10号楼在建设路旁边                         |
                    """)
    void findsWhatLeadsToItOrFollowsIt(String text, String expected) {
        Set<String> found = new TreeSet<>();
        ALL.find(text)
                .forEach(finding -> found.add(finding.kind() + " " + text.substring(finding.start(), finding.end())));

        assertThat(found).isEqualTo(expected == null ? Set.of() : new TreeSet<>(List.of(expected.split(", "))));
    }

    @Test
    void aMaskNamesTheKindAndTheReportShowsNothingOfBefore() {
        Row row = asked("我的手机号是13883057569", "好的")
                .withExtra(Map.of("mail", JsonNodeFactory.instance.stringNode("li.lei@example.cn")));

        Trial trial = Trial.run(folder, List.of(row), "{'step':'personal_data'}");

        assertThat(RowText.question(trial.kept().getFirst())).isEqualTo("我的手机号是[CN_MOBILE]");
        assertThat(Trial.column(trial.kept().getFirst(), "mail")).isEqualTo("[EMAIL]");
        assertThat(trial.reports().getFirst().found()).isEqualTo(Map.of("cn_mobile", 1L, "email", 1L));
        assertThat(trial.reports().getFirst().examples())
                .extracting(Example::before, Example::after)
                .containsExactly(tuple("", "我的手机号是[CN_MOBILE]\n好的"));
    }

    @Test
    void aPseudonymIsTheSameForTheSameValueAndNoPersonalData() {
        Row row = asked(
                "姓名:张伟,电话 138 8305 7569,邮箱 Li.Lei@example.cn,卡 4704 9303 8286 7488,身份证 110105196210165429",
                "张伟? 姓名:张伟,电话 +86-138-8305-7569 或 13883057560,li.lei@example.cn");

        Row hidden = Trial.run(folder, List.of(row), "{'step':'personal_data','action':'pseudonymise'}")
                .kept()
                .getFirst();

        List<String> phones = Pattern.compile("100\\d{8}")
                .matcher(RowText.all(hidden))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(phones).hasSize(3);
        assertThat(phones.get(0)).isEqualTo(phones.get(1)).isNotEqualTo(phones.get(2));
        assertThat(RowText.all(hidden)).doesNotContain("7569", "ei@", "7488", "110105");
        assertThat(ALL.find(RowText.question(hidden)))
                .extracting(Finding::kind)
                .containsExactly(PersonalKind.EMAIL, PersonalKind.PERSON_NAME);
        assertThat(Trial.run(folder, List.of(row), "{'step':'personal_data','action':'pseudonymise','key':'other'}")
                        .kept())
                .doesNotContain(hidden);
    }

    @Test
    void aRowCanBeCountedOrLeftOut() {
        List<Row> rows = List.of(asked("call 010-81457437", "ok"), asked("call me", "ok"));

        Trial counted = Trial.run(folder, rows, "{'step':'personal_data','action':'report'}");
        Trial strict = Trial.run(folder, rows, "{'step':'personal_data','action':'leave_out'}");
        Trial other = Trial.run(folder, rows, "{'step':'personal_data','action':'leave_out','kinds':['email']}");

        assertThat(counted.kept()).isEqualTo(rows);
        assertThat(counted.reports().getFirst().found()).containsEntry("cn_landline", 1L);
        assertThat(strict.codes()).containsExactly("personal_data_found");
        assertThat(strict.leftOut().getFirst().facts()).isEqualTo(Map.of("kinds", "cn_landline"));
        assertThat(other.leftOut()).isEmpty();
    }

    /** No text may hold an import up. */
    @ParameterizedTest
    @CsvSource({"a@", "a.", "1", "1-", "a:", "广东省", "地址路", "Name: A ", "221 Baker ", "password=", "a b@"})
    void longTextsOfOneKindTakeTimeInProportion(String piece) {
        Secrets secrets = new Secrets(EnumSet.allOf(SecretKind.class));
        String text = piece.repeat(200_000 / piece.length());

        assertTimeout(Duration.ofSeconds(20), () -> {
            ALL.find(text);
            secrets.find(text);
        });
    }
}
