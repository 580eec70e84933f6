package dev.temper.web.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class FormatsTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-08-30T06:05:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "ENGLISH, 2026-08-30T06:04:30Z, just now",
        "ENGLISH, 2026-08-30T05:20:00Z, 45 min ago",
        "ENGLISH, 2026-08-30T10:05:00Z, in 4 h",
        "ENGLISH, 2026-08-28T18:05:00Z, 2026-08-29 02:05",
        "CHINESE, 2026-08-30T05:20:00Z, 45 分钟前",
        "CHINESE, 2026-08-30T06:05:59Z, 刚刚"
    })
    void isRelativeWithinADayAndInTheReadersZoneBeyond(Language language, Instant at, String text) {
        var formats =
                new Formats(new Look(language, Theme.LIGHT, Density.NORMAL, ZoneId.of("Asia/Shanghai")), NOW, words());
        assertThat(formats.moment(at)).isNotNull().extracting(Moment::text).isEqualTo(text);
    }

    private static ResourceBundleMessageSource words() {
        var words = new ResourceBundleMessageSource();
        words.setBasename("messages");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        return words;
    }
}
