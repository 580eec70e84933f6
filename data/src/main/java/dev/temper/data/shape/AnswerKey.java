package dev.temper.data.shape;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The answers that a paper gives together at its end: “1. B 2. C”, “1-5 BCDAB”, “6. 您好 解析:…”. */
final class AnswerKey {
    private static final Pattern HEADING = Pattern.compile(
            "(?U)^\\s*[【\\[]?(?:参考答案|标准答案|答案|答案与解析|答案及解析|参考答案与解析|参考答案及解析|Answer key|Answers)[】\\]]?\\s*[:：]?\\s*$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern RANGE = Pattern.compile(
            "(?U)(\\d{1,4})\\s*[-–—~～至]\\s*(\\d{1,4})\\s*[.．、:：]?\\s*([A-H](?:[\\s,，、]*[A-H])*)(?![A-Za-z])");
    private static final Pattern ONE =
            Pattern.compile("(?U)(\\d{1,4})\\s*[.．、)）:：]?\\s*([A-H]{1,8}|[对错√×✓✗]|正确|错误)(?![A-Za-z\\p{IsHan}])");
    private static final Pattern WORDS = Pattern.compile("(?U)^\\s*[(（]?(\\d{1,4})[)）]?\\s*[.．、:：]?\\s*(.+)$");
    private static final Pattern SEPARATORS = Pattern.compile("(?U)[\\s,，;；、。.．]*");

    /** An answer and, where it is given, why. */
    record Answer(String text, @Nullable String explanation) {}

    private final Map<String, Answer> answers = new HashMap<>();
    private @Nullable String last;

    static boolean isHeading(String line) {
        return HEADING.matcher(line).matches();
    }

    /** Takes the answers of a line; false where it has none. */
    boolean take(String line, String section) {
        Matcher explanation = ExamText.EXPLANATION.matcher(line);
        boolean explains = explanation.find();
        String given = explains ? line.substring(0, explanation.start()) : line;
        String why = explains ? line.substring(explanation.end()).strip() : null;
        if (given.isBlank() && why != null && last != null) {
            answers.computeIfPresent(last, (_, answer) -> new Answer(answer.text(), why));
            return true;
        }
        return letters(given, section, why) || words(given, section, why);
    }

    Optional<Answer> answer(String section, int number, boolean onlyOneOfThatNumber) {
        Answer inSection = answers.get(section + "#" + number);
        Answer anywhere = onlyOneOfThatNumber ? answers.get("#" + number) : null;
        return Optional.ofNullable(inSection == null ? anywhere : inSection);
    }

    private boolean letters(String line, String section, @Nullable String why) {
        StringBuilder rest = new StringBuilder();
        Map<Integer, String> found = new HashMap<>();
        Matcher range = RANGE.matcher(line);
        while (range.find()) {
            String letters = range.group(3).replaceAll("[^A-H]", "");
            int from = Integer.parseInt(range.group(1));
            if (letters.length() != Integer.parseInt(range.group(2)) - from + 1) {
                return false;
            }
            for (int i = 0; i < letters.length(); i++) {
                found.put(from + i, letters.substring(i, i + 1));
            }
            range.appendReplacement(rest, " ");
        }
        Matcher one = ONE.matcher(range.appendTail(rest).toString());
        StringBuilder left = new StringBuilder();
        while (one.find()) {
            found.put(Integer.parseInt(one.group(1)), one.group(2));
            one.appendReplacement(left, " ");
        }
        if (found.isEmpty() || !SEPARATORS.matcher(one.appendTail(left)).matches()) {
            return false;
        }
        found.forEach((number, answer) -> put(section, number, answer, why));
        return true;
    }

    private boolean words(String line, String section, @Nullable String why) {
        Matcher words = WORDS.matcher(line);
        if (!words.matches()) {
            return false;
        }
        put(section, Integer.parseInt(words.group(1)), words.group(2).strip(), why);
        return true;
    }

    private void put(String section, int number, String answer, @Nullable String why) {
        last = section + "#" + number;
        answers.put(last, new Answer(answer, why));
    }
}
