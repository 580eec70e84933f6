package dev.temper.web.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.web.launch.SettingsCatalogue.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The settings that docs/operations.md lists are those there are, with their defaults. */
class SettingsTableTest {
    /** A row such as {@code | `temper.http.port` | 8080 | … |}. */
    private static final Pattern ROW =
            Pattern.compile("^\\| `(temper\\.[a-z-]+\\.[a-z0-9.-]+)` \\| ([^|]*?) *\\|", Pattern.MULTILINE);

    @Test
    void theTableIsComplete() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("../docs/operations.md")));
        while (row.find()) {
            documented.put(row.group(1), row.group(2).replace("—", ""));
        }

        Map<String, String> real = new TreeMap<>();
        for (Setting setting : SettingsCatalogue.load().all()) {
            real.put(setting.name(), setting.defaultValue());
        }
        assertThat(documented).isEqualTo(real);
    }
}
