package dev.temper.web.launch;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** Where a setting's value came from, in words an operator knows. */
final class Origins {
    private Origins() {}

    static String of(PropertySource<?> source, String key) {
        return describe(source, OriginLookup.getOrigin(source, key));
    }

    static String of(ConfigurationProperty property) {
        Object source =
                property.getSource() == null ? null : property.getSource().getUnderlyingSource();
        return describe(source, property.getOrigin());
    }

    private static String describe(@Nullable Object source, @Nullable Origin origin) {
        if (source instanceof CommandLinePropertySource<?>) {
            return "command line";
        }
        return switch (origin) {
            case PropertySourceOrigin wrapped when wrapped.getOrigin() != null -> describe(source, wrapped.getOrigin());
            case SystemEnvironmentOrigin variable -> "environment variable " + variable.getProperty();
            case TextResourceOrigin text -> file(text);
            case null, default -> source instanceof PropertySource<?> named ? name(named) : "built in";
        };
    }

    private static String name(PropertySource<?> source) {
        return source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)
                ? "system property"
                : source.getName();
    }

    private static String file(TextResourceOrigin origin) {
        if (origin.getResource() == null || origin.getResource() instanceof ClassPathResource) {
            return "built in";
        }
        String file = String.valueOf(origin.getResource().getFilename());
        return origin.getLocation() == null
                ? file
                : file + " line " + (origin.getLocation().getLine() + 1);
    }
}
