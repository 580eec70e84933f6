package dev.temper.web.task;

import dev.temper.platform.task.Prediction;
import dev.temper.platform.task.Prediction.Cut;
import dev.temper.platform.task.Prediction.Memory;
import dev.temper.platform.task.Prediction.Time;
import dev.temper.web.compute.Measures;
import dev.temper.web.shell.Formats;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Predictions in the reader's words. */
@Component
class Estimates {
    private final Measures measures;
    private final MessageSource words;

    Estimates(Measures measures, MessageSource words) {
        this.measures = measures;
        this.words = words;
    }

    Estimate of(Prediction prediction, Formats formats, Locale locale) {
        Memory memory = prediction.memory();
        Time time = prediction.time();
        return new Estimate(
                memory == null ? null : Measures.size(memory.needed()),
                memory == null ? null : Measures.size(memory.available()),
                memory == null ? 0 : Math.min(100, 100 * memory.needed() / Math.max(1, memory.available())),
                memory == null ? List.of() : parts(memory),
                time == null ? null : time(time, locale),
                time == null ? null : basis(time, locale),
                time == null ? null : Measures.hours(Math.round(time.deviceHours() * 3600)),
                prediction.heldOut() == 0
                        ? formats.number(prediction.rows())
                        : say(
                                "tasks.rows.held",
                                locale,
                                formats.number(prediction.rows()),
                                formats.number(prediction.heldOut())),
                formats.number(prediction.steps()),
                prediction.tokens() == 0 ? null : formats.number(prediction.tokens()),
                cut(prediction.cut(), formats, locale));
    }

    String duration(long seconds, Locale locale) {
        return measures.duration(Duration.ofSeconds(seconds), locale);
    }

    private String time(Time time, Locale locale) {
        String least = duration(time.least(), locale);
        String most = duration(time.most(), locale);
        return least.equals(most) ? say("tasks.range.one", locale, least) : say("tasks.range", locale, least, most);
    }

    private String basis(Time time, Locale locale) {
        return say("tasks.basis." + time.basis(), locale, time.runs());
    }

    private static List<Estimate.Part> parts(Memory memory) {
        return memory.parts().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(part -> new Estimate.Part("tasks.memory." + part.getKey(), Measures.size(part.getValue())))
                .toList();
    }

    private @Nullable String cut(@Nullable Cut cut, Formats formats, Locale locale) {
        if (cut == null || cut.rows() + cut.leftOut() == 0) {
            return null;
        }
        return say(
                "tasks.cut",
                locale,
                formats.number(cut.rows()),
                formats.number(cut.leftOut()),
                formats.number(cut.answersLost()),
                formats.number(cut.longest()));
    }

    private String say(String key, Locale locale, Object... args) {
        return Objects.requireNonNull(words.getMessage(key, args, locale));
    }
}
