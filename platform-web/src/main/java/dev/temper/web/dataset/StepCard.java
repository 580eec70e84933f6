package dev.temper.web.dataset;

import dev.temper.data.recipe.Example;
import dev.temper.data.recipe.StepReport;
import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.dataset.RecipeSteps;
import dev.temper.web.shell.Formats;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one step did, as pages draw it.
 *
 * @param found what it found, by kind, in one line
 */
record StepCard(
        String title,
        String in,
        String changed,
        String added,
        String leftOut,
        String out,
        String found,
        List<Shown> examples) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * One thing it did.
     *
     * @param reason why a row was left out; null for one that went on
     */
    record Shown(
            String place,
            String before,
            String after,
            @Nullable String reason) {}

    /** Out of what an import or a version keeps of its steps. */
    static List<StepCard> of(String json, Formats formats, Locale locale) {
        return of(Arrays.asList(JSON.readValue(json, StepReport[].class)), formats, locale);
    }

    static List<StepCard> of(List<StepReport> steps, Formats formats, Locale locale) {
        return steps.stream().map(step -> of(step, formats, locale)).toList();
    }

    private static StepCard of(StepReport step, Formats formats, Locale locale) {
        return new StepCard(
                RecipeSteps.title(step.step(), locale),
                formats.number(step.in()),
                formats.number(step.changed()),
                formats.number(step.added()),
                formats.number(
                        step.leftOut().values().stream().mapToLong(n -> n).sum()),
                formats.number(step.out()),
                step.found().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(found -> RecipeSteps.found(step.step(), found.getKey(), locale) + " "
                                + formats.number(found.getValue()))
                        .collect(Collectors.joining(" · ")),
                step.examples().stream().map(one -> shown(one, locale)).toList());
    }

    private static Shown shown(Example example, Locale locale) {
        String within = example.place().within();
        return new Shown(
                (within == null ? example.place().file() : within) + " · "
                        + example.place().line(),
                example.before(),
                example.after(),
                example.code() == null ? null : CodedTexts.title(example.code(), locale));
    }
}
