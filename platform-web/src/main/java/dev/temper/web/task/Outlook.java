package dev.temper.web.task;

import dev.temper.contract.RunSpecJson;
import dev.temper.platform.advisor.Advice;
import dev.temper.platform.advisor.AdviceTexts;
import dev.temper.platform.advisor.Warning;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.task.TaskAdvice;
import dev.temper.web.shell.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is to be said of a form.
 *
 * @param typed the form as it is
 * @param filled the same with what is advised
 * @param advice null where the form can't be read
 * @param refused what is wrong, at its fields; null where nothing is
 */
record Outlook(
        TaskForm typed,
        TaskForm filled,
        @Nullable TaskAdvice advice,
        @Nullable Refused refused) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * A field with what is said beside it.
     *
     * @param value what stands in it
     * @param standard what would stand in it if nobody had typed
     * @param reason why that; null where it is only the default
     * @param warning null where the value is usual
     * @param mine whether somebody typed it
     */
    record Item(
            Field field,
            String value,
            String standard,
            @Nullable String reason,
            @Nullable String warning,
            boolean mine) {
        public String id() {
            return field.id;
        }

        public List<String> choices() {
            return field.choices();
        }

        public boolean advanced() {
            return field.advanced();
        }

        public boolean lines() {
            return field.lines();
        }

        public String mode() {
            return switch (field.kind) {
                case WHOLE -> "numeric";
                case NUMBER -> "decimal";
                case WORD, CHOICE, LINES -> "text";
            };
        }
    }

    List<Item> items(Locale locale) {
        JsonNode spec = advice == null ? JSON.createObjectNode() : JSON.readTree(RunSpecJson.write(advice.spec()));
        return Field.of(typed.method()).stream()
                .map(field -> item(field, spec, locale))
                .toList();
    }

    private Item item(Field field, JsonNode spec, Locale locale) {
        Optional<Advice> advised = advice == null
                ? Optional.empty()
                : advice.proposals().stream()
                        .filter(one -> one.setting().equals(field.path))
                        .findFirst();
        boolean mine = typed.values().containsKey(field.id);
        JsonNode effective = spec.at(field.pointer());
        String standing = effective.isNumber()
                ? Figures.typed(effective.decimalValue())
                : effective.isNull() ? "" : effective.asString("");
        String standard = advised.map(one -> Figures.typed(one.value())).orElse(mine ? "" : standing);
        return new Item(
                field,
                mine ? typed.get(field.id) : standard,
                standard,
                advised.map(one -> AdviceTexts.of(one, locale)).orElse(null),
                warning(field.path, locale),
                mine);
    }

    private @Nullable String warning(String path, Locale locale) {
        return warnings().stream()
                .filter(one -> one.setting().equals(path))
                .map(one -> AdviceTexts.of(one, locale))
                .findFirst()
                .orElse(null);
    }

    /**
     * A change of one field that would make it fit; what has no field here is only told of.
     *
     * @param field its id
     */
    record Remedy(String field, String value) {}

    List<Remedy> remedies() {
        return advice == null
                ? List.of()
                : advice.refusals().stream()
                        .filter(fault -> fault.code() == ErrorCode.MEMORY_TOO_SMALL)
                        .map(fault -> new Remedy(
                                Outlooks.field(fault.pointer()),
                                Figures.typed(fault.facts().getOrDefault("value", ""))))
                        .filter(one -> one.field().equals("method") || Field.named(one.field()))
                        .toList();
    }

    List<Warning> warnings() {
        return advice == null ? List.of() : advice.warnings();
    }

    /** Whether it could be started as it is. */
    boolean startable() {
        return refused == null;
    }
}
