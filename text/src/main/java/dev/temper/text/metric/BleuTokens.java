package dev.temper.text.metric;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** How sacreBLEU cuts text, under its names {@code 13a}, {@code zh} and {@code char}. */
public enum BleuTokens {
    /** European languages: punctuation apart, numbers whole. */
    THIRTEEN_A {
        @Override
        List<String> of(String text) {
            String joined = text.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
            return punctuated(" "
                    + joined.replace("&quot;", "\"")
                            .replace("&amp;", "&")
                            .replace("&lt;", "<")
                            .replace("&gt;", ">")
                    + " ");
        }
    },
    /** Chinese: every character of it apart. */
    CHINESE {
        @Override
        List<String> of(String text) {
            return punctuated(HAN.matcher(text.strip()).replaceAll(" $0 "));
        }
    },
    /** Every character apart. */
    CHARACTERS {
        @Override
        List<String> of(String text) {
            return Ngrams.characters(text).stream().filter(c -> !c.isBlank()).toList();
        }
    };

    private static final Pattern HAN =
            Pattern.compile("[\u3400-\u4db5\u4e00-\u9fbb\uf900-\ufa2d\ufa30-\ufa6a\ufa70-\ufad9"
                    + "\uff00-\uffef\u2e80-\u2eff\u3000-\u303f\u31c0-\u31ef\u2f00-\u2fdf\u2ff0-\u2fff\u3100-\u312f\u31a0-\u31bf"
                    + "\ufe10-\ufe1f\ufe30-\ufe4f\u2600-\u27bf\u3200-\u33ff]");
    private static final Pattern SYMBOL = Pattern.compile("([\\{-~\\[-` -&\\(-\\+:-@/])");
    private static final Pattern POINT_AFTER_WORD = Pattern.compile("([^0-9])([.,])");
    private static final Pattern POINT_BEFORE_WORD = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

    abstract List<String> of(String text);

    private static List<String> punctuated(String text) {
        String apart = SYMBOL.matcher(text).replaceAll(" $1 ");
        apart = POINT_AFTER_WORD.matcher(apart).replaceAll("$1 $2 ");
        apart = POINT_BEFORE_WORD.matcher(apart).replaceAll(" $1 $2");
        apart = DASH_AFTER_DIGIT.matcher(apart).replaceAll("$1 $2 ");
        return Arrays.stream(apart.split("\\s+", -1))
                .filter(token -> !token.isEmpty())
                .toList();
    }
}
