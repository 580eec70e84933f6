package dev.temper.platform.common.web;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Fault;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import jakarta.validation.metadata.ConstraintDescriptor;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Broken constraints of Bean Validation, as faults with our codes and JSON pointers. */
final class Violations {
    private static final Pattern STEP = Pattern.compile("\\.|\\[|]\\.?");

    private final Validator validator;

    Violations(Validator validator) {
        this.validator = validator;
    }

    List<Fault> of(Object value) {
        return all(validator.validate(value));
    }

    static List<Fault> all(Collection<? extends ConstraintViolation<?>> violations) {
        return violations.stream()
                .map(violation -> fault(pointer(violation.getPropertyPath()), violation))
                .sorted(Comparator.comparing(Fault::pointer))
                .toList();
    }

    static Fault fault(String pointer, ConstraintViolation<?> violation) {
        ConstraintDescriptor<?> constraint = violation.getConstraintDescriptor();
        Map<String, Object> attributes = constraint.getAttributes();
        String name = constraint.getAnnotation().annotationType().getSimpleName();
        return switch (name) {
            case "NotNull", "NotBlank", "NotEmpty", "AssertTrue" -> Fault.of(pointer, ErrorCode.FIELD_REQUIRED);
            case "Email" -> Fault.of(pointer, ErrorCode.FIELD_NOT_EMAIL);
            case "Size" -> size(pointer, attributes, violation.getInvalidValue());
            case "Min", "DecimalMin" -> range(pointer, attributes.get("value"), "∞");
            case "Max", "DecimalMax" -> range(pointer, "−∞", attributes.get("value"));
            case "Positive" -> range(pointer, 1, "∞");
            case "PositiveOrZero" -> range(pointer, 0, "∞");
            case "Range" -> range(pointer, attributes.get("min"), attributes.get("max"));
            default ->
                new Fault(
                        pointer,
                        ErrorCode.FIELD_NOT_IN_FORM,
                        Map.of("form", attributes.getOrDefault("regexp", violation.getMessage())));
        };
    }

    private static Fault size(String pointer, Map<String, Object> attributes, @Nullable Object value) {
        int min = (int) attributes.getOrDefault("min", 0);
        boolean tooShort = length(value) < min;
        return tooShort
                ? new Fault(pointer, ErrorCode.FIELD_TOO_SHORT, Map.of("min", min))
                : new Fault(pointer, ErrorCode.FIELD_TOO_LONG, Map.of("max", attributes.getOrDefault("max", 0)));
    }

    private static int length(@Nullable Object value) {
        return switch (value) {
            case CharSequence text -> text.length();
            case Collection<?> many -> many.size();
            case Map<?, ?> many -> many.size();
            case Object[] many -> many.length;
            case null, default -> Integer.MAX_VALUE;
        };
    }

    private static Fault range(String pointer, @Nullable Object min, @Nullable Object max) {
        return new Fault(pointer, ErrorCode.FIELD_OUT_OF_RANGE, Map.of("min", bound(min), "max", bound(max)));
    }

    private static Object bound(@Nullable Object value) {
        return switch (value) {
            case String text when text.matches("-?\\d+(\\.\\d+)?") -> new BigDecimal(text);
            case null -> "?";
            default -> value;
        };
    }

    private static String pointer(Path path) {
        return pointer(path.toString());
    }

    /** {@code members[2].email} as {@code /members/2/email}. */
    static String pointer(String path) {
        StringBuilder pointer = new StringBuilder();
        for (String step : STEP.split(path, -1)) {
            if (!step.isEmpty()) {
                pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
            }
        }
        return pointer.toString();
    }
}
