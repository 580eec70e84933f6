package dev.temper.web.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every {@code temper.*} setting there is, as the compiler wrote it down from the settings records. */
final class SettingsCatalogue {
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    private static final List<String> SECRET = List.of("password", "secret", "token", "private-key", "secret-key");

    private final List<Setting> settings;

    private SettingsCatalogue(List<Setting> settings) {
        this.settings = settings;
    }

    /** One setting; the description is the record's {@code @param}. */
    record Setting(String name, String type, String description, String defaultValue) {
        boolean secret() {
            return isSecret(name);
        }

        /** True if keys below this one are the user's own (a map) or numbered (a list). */
        boolean open() {
            return type.startsWith("java.util.");
        }

        /** Letters and digits alone: how a name is compared with an environment variable's. */
        String plain() {
            return SettingsCatalogue.plain(name);
        }
    }

    static SettingsCatalogue load() {
        List<Setting> settings = new ArrayList<>();
        try {
            for (URL url :
                    Collections.list(SettingsCatalogue.class.getClassLoader().getResources(METADATA))) {
                try (InputStream in = url.openStream()) {
                    String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    // Most of these files are Spring's own.
                    if (json.contains("\"temper.")) {
                        read(json, settings);
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the settings' own description can't be read", e);
        }
        settings.sort(Comparator.comparing(Setting::name));
        return new SettingsCatalogue(settings);
    }

    private static void read(String json, List<Setting> settings) {
        for (JsonNode property : JsonMapper.shared().readTree(json).path("properties")) {
            String name = property.path("name").stringValue("");
            if (name.startsWith("temper.")) {
                settings.add(new Setting(
                        name,
                        property.path("type").stringValue(""),
                        property.path("description").stringValue(""),
                        property.path("defaultValue").asString("")));
            }
        }
    }

    static boolean isSecret(String name) {
        return SECRET.stream().anyMatch(name::endsWith);
    }

    List<Setting> all() {
        return settings;
    }

    boolean knows(String key) {
        String plain = plain(key);
        return settings.stream()
                .anyMatch(setting ->
                        plain.equals(setting.plain()) || (setting.open() && plain.startsWith(setting.plain())));
    }

    /** The setting that was probably meant: not more than a quarter of its letters differ. */
    Optional<Setting> nearest(String key) {
        return settings.stream()
                .min(Comparator.comparingInt(setting -> distance(plain(key), setting.plain())))
                .filter(setting -> distance(plain(key), setting.plain()) <= key.length() / 4);
    }

    /** Levenshtein's: how many letters must be added, dropped or changed. */
    private static int distance(String a, String b) {
        int[] row = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static String plain(String name) {
        return name.replaceAll("\\[.*?]", "").replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
