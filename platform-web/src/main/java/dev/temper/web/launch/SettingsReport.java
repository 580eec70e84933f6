package dev.temper.web.launch;

import dev.temper.web.launch.SettingsCatalogue.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/** Every setting, what it is now and who said so; secrets as dots. */
final class SettingsReport {
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(?i)(password=)[^&]*|(//[^/:@]*:)[^@/]*(?=@)");

    private SettingsReport() {}

    /** One line of the report. */
    record Line(String name, String value, String origin) {}

    static List<Line> of(ConfigurableEnvironment environment, SettingsCatalogue catalogue) {
        List<Line> lines = new ArrayList<>();
        for (Setting setting : catalogue.all()) {
            List<ConfigurationProperty> found = found(environment, setting);
            if (found.isEmpty()) {
                lines.add(new Line(
                        setting.name(),
                        setting.defaultValue(),
                        setting.defaultValue().isEmpty() ? "not set" : "default"));
            }
            for (ConfigurationProperty property : found) {
                lines.add(new Line(
                        property.getName().toString(), shown(setting, environment, property), Origins.of(property)));
            }
        }
        return lines;
    }

    private static List<ConfigurationProperty> found(ConfigurableEnvironment environment, Setting setting) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(setting.name());
        List<ConfigurationProperty> found = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return List.of(property);
            }
            if (setting.open() && source instanceof IterableConfigurationPropertySource keys) {
                keys.stream()
                        .filter(name::isAncestorOf)
                        .map(keys::getConfigurationProperty)
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static String shown(Setting setting, ConfigurableEnvironment environment, ConfigurationProperty property) {
        String value = environment.resolvePlaceholders(String.valueOf(property.getValue()));
        if (value.isEmpty()) {
            return "";
        }
        boolean secret = setting.secret()
                || SettingsCatalogue.isSecret(property.getName().toString());
        return secret ? "••••••" : PASSWORD_IN_URL.matcher(value).replaceAll("$1$2••••••");
    }
}
