package dev.temper.web.dataset;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.dataset.DatasetView;
import dev.temper.platform.dataset.VersionView;
import dev.temper.web.shell.Shell;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/**
 * Where the pages of a dataset are: {@code /t/acme/datasets/17-faq/v3?tab=rows}. The number decides; the name behind it is
 * for people, and an address with another name leads to the right one.
 *
 * @param place as it stands in the path, {@code 17-faq}
 */
record DatasetAddress(String root, String place) {
    /** The form of {@link #place} in the paths of controllers. */
    static final String PLACE = "{place:\\d{1,18}(?:-.*)?}";

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int LONGEST = 60;

    static DatasetAddress of(Shell shell, DatasetView dataset) {
        return new DatasetAddress(root(shell), place(dataset));
    }

    static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/datasets";
    }

    static String place(DatasetView dataset) {
        String words = BETWEEN_WORDS
                .matcher(dataset.name().toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .strip();
        String cut = words.codePointCount(0, words.length()) > LONGEST
                ? words.substring(0, words.offsetByCodePoints(0, LONGEST)).strip()
                : words;
        return cut.isEmpty() ? String.valueOf(dataset.number()) : dataset.number() + "-" + cut.replace(' ', '-');
    }

    /** The number in the path, whatever is written behind it. */
    static long number(String place) {
        int dash = place.indexOf('-');
        try {
            return Long.parseLong(dash < 0 ? place : place.substring(0, dash));
        } catch (NumberFormatException noNumber) {
            throw ErrorCode.NOT_FOUND.problem();
        }
    }

    String dataset() {
        return root + "/" + UriUtils.encodePathSegment(place, StandardCharsets.UTF_8);
    }

    String version(int number) {
        return dataset() + "/v" + number;
    }

    String version(VersionView version) {
        return version(version.number());
    }

    String row(VersionView version, long number) {
        return version(version) + "/rows/" + number;
    }
}
