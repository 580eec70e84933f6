package dev.temper.platform.common.web;

import dev.temper.platform.common.Word;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a Java type is called when speaking to somebody who writes JSON. */
final class Types {
    private static final List<Class<?>> WHOLE = List.of(
            int.class,
            long.class,
            short.class,
            byte.class,
            Integer.class,
            Long.class,
            Short.class,
            Byte.class,
            BigInteger.class);

    private Types() {}

    static Word word(@Nullable Class<?> type) {
        if (type == null) {
            return Word.ANOTHER_VALUE;
        }
        if (CharSequence.class.isAssignableFrom(type) || type.isEnum()) {
            return Word.TEXT;
        }
        if (WHOLE.contains(type)) {
            return Word.WHOLE_NUMBER;
        }
        if (Number.class.isAssignableFrom(type) || type == double.class || type == float.class) {
            return Word.NUMBER;
        }
        if (type == boolean.class || type == Boolean.class) {
            return Word.TRUE_OR_FALSE;
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return Word.LIST;
        }
        if (type == Instant.class || type == OffsetDateTime.class) {
            return Word.MOMENT;
        }
        if (type == LocalDate.class) {
            return Word.DATE;
        }
        if (type == Duration.class) {
            return Word.DURATION;
        }
        return type == UUID.class ? Word.ID : Word.OBJECT;
    }

    static List<String> choices(@Nullable Class<?> type) {
        return type == null || !type.isEnum()
                ? List.of()
                : Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList();
    }
}
