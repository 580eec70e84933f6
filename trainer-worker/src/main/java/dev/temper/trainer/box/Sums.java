package dev.temper.trainer.box;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Exchanges about numbers, in both languages. */
final class Sums {
    private static final List<String> DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final List<String> DAYS_ZH = List.of("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期天");
    private static final List<String> WORDS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
    private static final String NUMERALS = "零一二三四五六七八九十";

    private Sums() {}

    static Exchange draw(SplittableRandom random) {
        int a = random.nextInt(1, 21);
        int b = random.nextInt(1, 21);
        int big = Math.max(a, b) + 1;
        int small = Math.min(a, b);
        int factor = random.nextInt(2, 10);
        int other = random.nextInt(2, 10);
        int day = random.nextInt(7);
        int number = random.nextInt(11);
        return switch (random.nextInt(16)) {
            case 0 -> new Exchange("What is %d + %d?".formatted(a, b), "%d + %d = %d".formatted(a, b, a + b));
            case 1 -> new Exchange("%d + %d 等于多少？".formatted(a, b), "%d + %d = %d".formatted(a, b, a + b));
            case 2 ->
                new Exchange(
                        "What is %d - %d?".formatted(big, small), "%d - %d = %d".formatted(big, small, big - small));
            case 3 ->
                new Exchange("%d - %d 等于多少？".formatted(big, small), "%d - %d = %d".formatted(big, small, big - small));
            case 4 ->
                new Exchange(
                        "What is %d times %d?".formatted(factor, other),
                        "%d times %d is %d.".formatted(factor, other, factor * other));
            case 5 ->
                new Exchange(
                        "%d 乘以 %d 等于多少？".formatted(factor, other),
                        "%d 乘以 %d 等于 %d。".formatted(factor, other, factor * other));
            case 6 ->
                new Exchange("Which number is larger, %d or %d?".formatted(small, big), "%d is larger.".formatted(big));
            case 7 -> new Exchange("%d 和 %d 哪个大？".formatted(big, small), "%d 更大。".formatted(big));
            case 8 -> new Exchange("Count from %d to %d.".formatted(a, a + 5), counted(a, a + 5, ", ") + ".");
            case 9 -> new Exchange("从 %d 数到 %d。".formatted(a, a + 5), counted(a, a + 5, "，") + "。");
            case 10 -> new Exchange("What comes after %d?".formatted(a), "After %d comes %d.".formatted(a, a + 1));
            case 11 ->
                new Exchange(
                        "Which day comes after %s?".formatted(DAYS.get(day)),
                        "After %s comes %s.".formatted(DAYS.get(day), DAYS.get((day + 1) % 7)));
            case 12 ->
                new Exchange(
                        "%s的后一天是星期几？".formatted(DAYS_ZH.get(day)),
                        "%s的后一天是%s。".formatted(DAYS_ZH.get(day), DAYS_ZH.get((day + 1) % 7)));
            case 13 ->
                new Exchange("Write %d as a word.".formatted(number), "%d is %s.".formatted(number, WORDS.get(number)));
            case 14 ->
                new Exchange("数字 %d 用中文怎么写？".formatted(number), "%d 写作%s。".formatted(number, NUMERALS.charAt(number)));
            default ->
                new Exchange("Is %d even or odd?".formatted(a), "%d is %s.".formatted(a, a % 2 == 0 ? "even" : "odd"));
        };
    }

    private static String counted(int from, int to, String between) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).collect(Collectors.joining(between));
    }
}
