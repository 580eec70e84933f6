package dev.temper.data.shape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What people call the columns of a table, in Chinese and English. */
final class ColumnNames {
    private static final Map<String, List<String>> SPOKEN = Map.of(
            "user",
                    List.of(
                            "instruction",
                            "prompt",
                            "question",
                            "query",
                            "input",
                            "user",
                            "ask",
                            "problem",
                            "问题",
                            "提问",
                            "指令",
                            "问",
                            "用户",
                            "用户问题",
                            "客户问题",
                            "客户提问",
                            "用户提问",
                            "标准问题",
                            "标准问法",
                            "常见问题",
                            "咨询内容"),
            "assistant",
                    List.of(
                            "output",
                            "response",
                            "answer",
                            "completion",
                            "reply",
                            "assistant",
                            "target",
                            "回答",
                            "答案",
                            "回复",
                            "答",
                            "答复",
                            "标准回答",
                            "参考回答",
                            "标准回复",
                            "标准答复",
                            "标准答案",
                            "参考答案",
                            "参考回复",
                            "客服回答",
                            "客服回复"),
            "system", List.of("system", "system prompt", "systemprompt", "系统", "系统提示", "角色设定"));

    private static final Map<String, List<String>> BANK = Map.of(
            "question", List.of("question", "stem", "problem", "题目", "题干", "问题", "试题", "题目内容", "试题内容"),
            "options", List.of("options", "choices", "选项", "备选项", "备选答案"),
            "answer", List.of("answer", "correct answer", "correct", "key", "答案", "正确答案", "标准答案", "参考答案"),
            "explanation", List.of("explanation", "analysis", "rationale", "解析", "答案解析", "试题解析", "题目解析", "详解"));

    private static final List<String> OPTION_FORMS =
            List.of("%s", "option %s", "option%s", "option_%s", "选项%s", "选项 %s", "答案%s", "choice %s", "choice_%s");

    private ColumnNames() {}

    /** The columns of a question bank by field; empty where it is none. */
    static Map<String, Template> bank(List<String> columns) {
        Map<String, Template> fields = new LinkedHashMap<>();
        BANK.forEach(
                (field, names) -> find(columns, names).ifPresent(name -> fields.put(field, Template.column(name))));
        for (char letter = 'a'; letter <= 'h'; letter++) {
            String each = String.valueOf(letter);
            List<String> names = OPTION_FORMS.stream()
                    .map(form -> String.format(Locale.ROOT, form, each))
                    .toList();
            find(columns, names).ifPresent(name -> fields.put(each, Template.column(name)));
        }
        boolean choices = fields.containsKey("options") || (fields.containsKey("a") && fields.containsKey("b"));
        return choices && fields.containsKey("question") && fields.containsKey("answer") ? fields : Map.of();
    }

    /** Who says what, as far as the names tell. */
    static Map<String, Template> spoken(List<String> columns) {
        Map<String, Template> fields = new LinkedHashMap<>();
        SPOKEN.forEach(
                (field, names) -> find(columns, names).ifPresent(name -> fields.put(field, Template.column(name))));
        return fields;
    }

    /** The column whose name is the earliest of the names. */
    private static Optional<String> find(List<String> columns, List<String> names) {
        for (String name : names) {
            for (String column : columns) {
                if (column.strip().toLowerCase(Locale.ROOT).equals(name)) {
                    return Optional.of(column);
                }
            }
        }
        return Optional.empty();
    }
}
