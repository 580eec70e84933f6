package dev.temper.data.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.data.row.Row;
import dev.temper.data.row.RowKind;
import dev.temper.data.row.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShapesTest {
    @TempDir
    Path folder;

    @Test
    void alpaca() throws IOException {
        Given given = Given.file(folder, "a.json", """
                [{"instruction":"Translate","input":"你好","output":"Hello","system":"Be short",
                  "history":[["Hi","Hey"]],"source":"hand"},
                 {"instruction":"Q","output":42},
                 {"instruction":"Q","output":""},
                 {"instruction":"Q"},
                 {"output":"A"},
                 ["no object"]]
                """);

        assertThat(given.shape()).isEqualTo(Shape.ALPACA);
        assertThat(given.proposal().isCertain()).isTrue();
        Row row = given.rows().getFirst();
        assertThat(row.turns())
                .containsExactly(
                        Turn.system("Be short"),
                        Turn.user("Hi"),
                        Turn.assistant("Hey"),
                        Turn.user("Translate\n你好"),
                        Turn.assistant("Hello"));
        assertThat(row.extra()).containsOnlyKeys("source");
        assertThat(given.codes())
                .containsExactly("text_expected", "text_empty", "column_missing", "column_missing", "row_not_object");
        assertThat(given.leftOut().getFirst().place().column()).isEqualTo("output");
    }

    @Test
    void shareGptWithToolsAndPreferences() throws IOException {
        Given given = Given.file(folder, "s.jsonl", """
                {"conversations":[{"from":"human","value":"2+2?"},{"from":"function_call","value":"{\\"name\\":\\"sum\\",\\"arguments\\":{}}"},{"from":"observation","value":"4"},{"from":"gpt","value":"4"}],"tools":"[{\\"name\\":\\"sum\\"}]"}
                {"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"gpt","value":"good"},"rejected":{"from":"gpt","value":"bad"}}
                {"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"kto_tag":false}
                {"conversations":[{"from":"human","value":"q"}]}
                {"conversations":[{"from":"alien","value":"q"}]}
                {"conversations":[{"from":"human","value":"q"},{"from":"function_call","value":"no call"}]}
                """);

        assertThat(given.shape()).isEqualTo(Shape.SHAREGPT);
        assertThat(given.rows())
                .extracting(Row::kind)
                .containsExactly(RowKind.CONVERSATION, RowKind.PREFERENCE, RowKind.JUDGED);
        assertThat(given.rows().getFirst().turns().get(1).more().get("tool_calls"))
                .hasToString("[{\"type\":\"function\",\"function\":{\"name\":\"sum\",\"arguments\":{}}}]");
        assertThat(given.rows().getFirst().tools()).hasToString("[{\"name\":\"sum\"}]");
        assertThat(given.codes()).containsExactly("answer_missing", "role_unknown", "tool_call_broken");
    }

    @Test
    void openAiMessages() throws IOException {
        Given given = Given.file(folder, "m.jsonl", """
                {"messages":[{"role":"developer","content":"s"},{"role":"user","content":[{"type":"text","text":"q"}]},{"role":"assistant","content":null,"tool_calls":[{"id":"1"}]},{"role":"tool","tool_call_id":"1","content":"r"},{"role":"assistant","content":"a","weight":0}]}
                {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"label":true}
                {"input":{"messages":[{"role":"user","content":"q"}]},"preferred_output":[{"role":"assistant","content":"y"}],"non_preferred_output":[{"role":"assistant","content":"n"}]}
                {"messages":[{"role":"user","content":[{"type":"image_url"}]}]}
                {"messages":[{"role":"user","content":"q"},{"role":"system","content":"late"},{"role":"assistant","content":"a"}]}
                {"messages":"none"}
                """);

        assertThat(given.shape()).isEqualTo(Shape.MESSAGES);
        assertThat(given.rows())
                .extracting(Row::kind)
                .containsExactly(RowKind.CONVERSATION, RowKind.JUDGED, RowKind.PREFERENCE);
        assertThat(given.rows().getFirst().turns()).startsWith(Turn.system("s"), Turn.user("q"));
        assertThat(given.rows().getFirst().turns().getLast().more()).containsKey("weight");
        assertThat(given.codes()).containsExactly("content_unsupported", "system_misplaced", "list_expected");
    }

    @Test
    void preferencePairs() throws IOException {
        Given given = Given.file(folder, "p.jsonl", """
                {"prompt":"q","chosen":"good","rejected":"bad"}
                {"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"good"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"bad"}]}
                {"prompt":"q","chosen":"good"}
                """);

        assertThat(given.shape()).isEqualTo(Shape.PREFERENCE);
        assertThat(given.rows()).extracting(Row::chosen).containsOnly(Turn.assistant("good"));
        assertThat(given.rows()).extracting(Row::turns).allMatch(turns -> turns.equals(List.of(Turn.user("q"))));
        assertThat(given.codes()).containsExactly("column_missing");
    }

    @Test
    void judgedAnswers() throws IOException {
        Given given = Given.file(folder, "j.jsonl", """
                {"prompt":"q","completion":"a","label":true}
                {"prompt":"q","completion":"a","label":"0"}
                {"prompt":"q","completion":"a","label":"perhaps"}
                """);

        assertThat(given.shape()).isEqualTo(Shape.JUDGED);
        assertThat(given.rows()).extracting(Row::label).containsExactly(true, false);
        assertThat(given.codes()).containsExactly("label_unknown");
    }

    @Test
    void plainText() throws IOException {
        Given given = Given.file(folder, "t.txt", "One paragraph\nof two lines.\n\nAnother.\n");

        assertThat(given.shape()).isEqualTo(Shape.TEXT);
        assertThat(given.rows()).extracting(Row::text).containsExactly("One paragraph\nof two lines.", "Another.");
        assertThat(given.rows().getLast().place().line()).isEqualTo(4);
    }

    @Test
    void aQuestionBankInColumns() throws IOException {
        Given given = Given.file(folder, "bank.csv", """
                题目,选项A,选项B,选项C,选项D,答案,解析,章节,难度
                中国的首都是?,上海,北京,广州,深圳,B,自1949年起。,地理,1
                哪些是颜色?,红,狗,蓝,,"A,C",,常识,2
                首都?,上海,北京,,,D,,地理,1
                1+1=?,1,2,,,2,,数学,1
                """);

        assertThat(given.shape()).isEqualTo(Shape.QUESTION_BANK);
        assertThat(given.rows().getFirst().turns())
                .containsExactly(Turn.user("中国的首都是?\nA. 上海\nB. 北京\nC. 广州\nD. 深圳"), Turn.assistant("答案：B\n解析：自1949年起。"));
        assertThat(given.rows().get(1).turns().getLast().text()).isEqualTo("答案：AC");
        assertThat(given.rows().getLast().turns().getLast().text()).isEqualTo("Answer: B");
        assertThat(given.rows().getFirst().extra()).containsOnlyKeys("章节", "难度");
        assertThat(given.codes()).containsExactly("option_unknown");
    }

    @Test
    void aQuestionBankWithItsOptionsInOneColumn() throws IOException {
        Given given = Given.file(folder, "bank.jsonl", """
                {"question":"Which is red?","options":["sky","blood"],"answer":"B","explanation":"Haemoglobin."}
                {"question":"Which is red?","options":{"A":"sky","B":"blood"},"answer":"blood"}
                {"question":"Which is red?","options":"A. sky\\nB. blood","answer":"b"}
                """);

        assertThat(given.rows())
                .extracting(row -> row.turns().getFirst().text())
                .containsOnly("Which is red?\nA. sky\nB. blood");
        assertThat(given.rows())
                .extracting(row -> row.turns().getLast().text())
                .containsExactly("Answer: B\nExplanation: Haemoglobin.", "Answer: B", "Answer: B");
    }

    @Test
    void anExamAsRunningText() throws IOException {
        Given given = Given.file(folder, "exam.txt", """
                客服培训试卷

                第一章 售后
                一、单选题
                1. 客户要求退货,首先应当
                核实什么?
                A. 订单号  B. 身高
                C. 星座    D. 体重
                答案:A 解析:订单号能查到购买时间。
                难度:易

                2、七天无理由退货从( B )起算。
                A.下单 B.签收 C.发货
                3. 缺答案的题
                A. 是
                B. 否
                第二章 礼仪
                (4)见到客户先说什么?
                【答案】您好
                【解析】礼貌。
                """);

        assertThat(given.shape()).isEqualTo(Shape.EXAM_TEXT);
        assertThat(given.rows()).hasSize(3);
        assertThat(given.rows().getFirst().turns())
                .containsExactly(
                        Turn.user("客户要求退货,首先应当\n核实什么?\nA. 订单号\nB. 身高\nC. 星座\nD. 体重"),
                        Turn.assistant("答案：A\n解析：订单号能查到购买时间。"));
        assertThat(given.rows().getFirst().place().line()).isEqualTo(5);
        assertThat(given.rows().getFirst().extra()).containsOnlyKeys("chapter", "section", "难度");
        assertThat(given.rows().get(1).turns().getFirst().text()).startsWith("七天无理由退货从( )起算。\nA. 下单\nB. 签收");
        assertThat(given.rows().get(1).turns().getLast().text()).isEqualTo("答案：B");
        assertThat(given.rows().getLast().turns())
                .containsExactly(Turn.user("见到客户先说什么?"), Turn.assistant("您好\n解析：礼貌。"));
        assertThat(given.codes()).containsExactly("text_outside", "answer_missing");
    }

    @Test
    void anExamWithFullWidthMarks() throws IOException {
        Given given = Given.file(folder, "exam.txt", """
                1．客户要求退货，首先应当核实什么？
                A．订单号　B．身高
                答案：A　解析：订单号能查到购买时间。
                2、见到客户先说什么（多选）？
                （A）您好；（B）再见；（C）请坐
                【正确答案】：AC
                （3）七天无理由退货从（　B　）起算。
                A：下单
                B：签收
                """);

        assertThat(given.shape()).isEqualTo(Shape.EXAM_TEXT);
        assertThat(given.rows())
                .extracting(row -> row.turns().getFirst().text() + "|"
                        + row.turns().getLast().text())
                .containsExactly(
                        "客户要求退货，首先应当核实什么？\nA. 订单号\nB. 身高|答案：A\n解析：订单号能查到购买时间。",
                        "见到客户先说什么（多选）？\nA. 您好\nB. 再见\nC. 请坐|答案：AC",
                        "七天无理由退货从( )起算。\nA. 下单\nB. 签收|答案：B");
        assertThat(given.codes()).isEmpty();
    }

    @Test
    void answersTogetherAtTheEndOfAPaper() throws IOException {
        Given given = Given.file(folder, "paper.txt", """
                一、单选题
                1. 先做什么?
                A. 核实 B. 离开
                2. 再做什么?
                A. 睡觉 B. 记录
                二、简答题
                1. 见到客户先说什么?
                2. 没有答案的题?
                参考答案
                一、单选题
                1-2 AB
                二、简答题
                1. 您好
                解析:礼貌用语。
                """);

        assertThat(given.shape()).isEqualTo(Shape.EXAM_TEXT);
        assertThat(given.rows())
                .extracting(row -> row.turns().getLast().text())
                .containsExactly("答案：A", "答案：B", "您好\n解析：礼貌用语。");
        assertThat(given.codes()).containsExactly("answer_missing");
    }

    @Test
    void answersInOneLineForAPaperWithoutSections() throws IOException {
        Given given = Given.file(
                folder,
                "paper.txt",
                "1. One?\nA. a\nB. b\n2. Two?\nA. a\nB. b\n3. Three?\nAnswers:\n1. B  2. A, 3. √\n");

        assertThat(given.rows())
                .extracting(row -> row.turns().getLast().text())
                .containsExactly("Answer: B", "Answer: A", "√");
    }

    @Test
    void ourOwnRowsComeBackWithTheirPlace() throws IOException {
        Given given = Given.file(folder, "c.jsonl", """
                {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"meta":{"file":"x.csv","line":7}}
                {"messages":[{"role":"nobody","content":"q"}],"meta":{"file":"x.csv","line":8}}
                """);

        assertThat(given.shape()).isEqualTo(Shape.CANONICAL);
        assertThat(given.rows().getFirst().place().line()).isEqualTo(7);
        assertThat(given.codes()).containsExactly("row_broken");
    }
}
