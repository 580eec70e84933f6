package dev.temper.web.launch;

import dev.temper.db.DatabaseRefusal;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.NestedExceptionUtils;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Turns what stopped a start into one line: what is wrong and what to do. */
final class StartFailures {
    private StartFailures() {}

    static String line(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StartRefused refused -> {
                    return reason(refused);
                }
                case DatabaseRefusal refusal -> {
                    return reason(refusal) + " " + refusal.remedy();
                }
                case BindException wrong -> {
                    return wrongSetting(wrong);
                }
                case PortInUseException taken -> {
                    return "Port %d is taken: stop what listens there, or give another --port."
                            .formatted(taken.getPort());
                }
                case MarkedYAMLException yaml -> {
                    return "The settings file is not YAML: %s at line %d."
                            .formatted(yaml.getProblem(), yaml.getProblemMark().getLine() + 1);
                }
                case ConfigDataException config -> {
                    return reason(config);
                }
                default -> {
                    // Look further down.
                }
            }
        }
        return "The platform did not start: " + reason(NestedExceptionUtils.getMostSpecificCause(failure));
    }

    private static String wrongSetting(BindException wrong) {
        ConfigurationProperty property = wrong.getProperty();
        if (wrong.getCause() instanceof BindValidationException invalid) {
            return invalid.getValidationErrors().getAllErrors().stream()
                    .findFirst()
                    .map(error -> "Setting %s is wrong: %s.".formatted(wrong.getName(), error.getDefaultMessage()))
                    .orElse(reason(invalid));
        }
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(wrong);
        if (cause instanceof StartRefused refused) {
            return reason(refused);
        }
        if (property == null) {
            return "Settings under %s are wrong: %s.".formatted(wrong.getName(), reason(cause));
        }
        String name = property.getName().toString();
        boolean secret = SettingsCatalogue.isSecret(name);
        return "Setting %s = %s (%s) is wrong: %s."
                .formatted(name, secret ? "••••••" : property.getValue(), Origins.of(property), expected(wrong, cause));
    }

    private static String expected(BindException wrong, Throwable cause) {
        Class<?> type = wrong.getTarget().getType().resolve(Object.class);
        if (type.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                    .map(value -> value.toString()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', '-'))
                                    .toList());
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number is needed";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false is needed";
        }
        return switch (type.getSimpleName()) {
            case "Duration" -> "a duration such as 30s, 5m or 1h is needed";
            case "DataSize" -> "a size such as 512MB or 2GB is needed";
            default -> reason(cause);
        };
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null
                ? e.toString()
                : e.getMessage().lines().findFirst().orElse("");
    }
}
