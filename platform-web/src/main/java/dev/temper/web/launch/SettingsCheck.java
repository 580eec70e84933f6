package dev.temper.web.launch;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A key nobody reads is a mistake that would otherwise be found weeks later: it stops the start. */
final class SettingsCheck {
    /** What Kubernetes sets for a service called "temper", and what only the tests read. */
    private static final Pattern NOT_OURS =
            Pattern.compile("TEMPER_(SERVICE_(HOST|PORT.*)|PORT|PORT_\\d+_.*|GOLDENS|TEST_.*)");

    private SettingsCheck() {}

    static void refuseUnknown(ConfigurableEnvironment environment, SettingsCatalogue catalogue) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            switch (source) {
                case SystemEnvironmentPropertySource variables -> refuseVariables(variables, catalogue);
                case EnumerablePropertySource<?> keys -> refuseKeys(keys, catalogue);
                default -> {
                    // Views of the others, and random values.
                }
            }
        }
    }

    private static void refuseVariables(SystemEnvironmentPropertySource source, SettingsCatalogue catalogue) {
        for (String name : source.getPropertyNames()) {
            if (name.startsWith("TEMPER_") && !NOT_OURS.matcher(name).matches() && !catalogue.knows(name)) {
                throw unknown("environment variable " + name, name, catalogue, true);
            }
        }
    }

    private static void refuseKeys(EnumerablePropertySource<?> source, SettingsCatalogue catalogue) {
        for (String key : source.getPropertyNames()) {
            String uniform = String.valueOf(ConfigurationPropertyName.adapt(key, '.'));
            if (uniform.startsWith("temper.") && !catalogue.knows(key)) {
                throw unknown("setting %s (%s)".formatted(key, Origins.of(source, key)), key, catalogue, false);
            }
        }
    }

    private static StartRefused unknown(String what, String key, SettingsCatalogue catalogue, boolean variable) {
        String meant = catalogue
                .nearest(key)
                .map(setting -> " Did you mean %s?".formatted(variable ? variable(setting.name()) : setting.name()))
                .orElse(" \"./temper admin config\" lists the settings there are.");
        return new StartRefused("Unknown " + what + "." + meant);
    }

    /** How a setting is named in the environment. */
    static String variable(String name) {
        return ConfigurationPropertyName.of(name)
                .toString()
                .replace("-", "")
                .replace('.', '_')
                .toUpperCase(Locale.ROOT);
    }
}
