package dev.temper.web.launch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml as far as it can be held against the rest without a Docker daemon. */
class ComposeTest {
    private static final Path ROOT = Path.of("..");

    private final Map<String, Map<String, Object>> services = services();

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() {
        Map<String, Object> file = new Yaml().load(read("docker-compose.yml"));
        return (Map<String, Map<String, Object>>) requireNonNull(file.get("services"));
    }

    @Test
    void everySettingOfTheReplicasIsOne() {
        Set<String> known = SettingsCatalogue.load().all().stream()
                .map(setting ->
                        setting.name().replace(".", "_").replace("-", "").toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());

        for (String replica : List.of("platform-1", "platform-2")) {
            assertThat(environment(replica).keySet())
                    .filteredOn(name -> name.startsWith("TEMPER_"))
                    .isNotEmpty()
                    .isSubsetOf(known);
        }
        assertThat(environment("platform-1")).isEqualTo(environment("platform-2"));
    }

    @Test
    void whatTheProxyAndTheHealthCheckAskIsWhereTheReplicasListen() {
        String port = requireNonNull(environment("platform-1").get("TEMPER_HTTP_PORT"))
                .toString();

        assertThat(read("deploy/Caddyfile")).contains("platform-1:" + port, "platform-2:" + port, "health_uri /readyz");
        assertThat(read("Dockerfile")).contains("127.0.0.1/" + port, "/readyz");
        assertThat(services.entrySet().stream()
                        .filter(service -> service.getValue().containsKey("ports"))
                        .map(Map.Entry::getKey))
                .containsExactly("proxy");
    }

    @Test
    void ourContainersMayDoNothingTheyNeedNot() {
        assertThat(services.keySet()).contains("platform-1", "platform-2", "worker-1", "worker-2");
        services.forEach((name, service) -> {
            if (name.startsWith("platform-") || name.startsWith("worker-")) {
                assertThat(service.get("read_only")).as(name).isEqualTo(true);
                assertThat(service.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
            }
        });
        assertThat(read("Dockerfile")).contains("USER temper").contains("HEALTHCHECK");
    }

    @Test
    void everyVariableThatIsAskedForHasItsLineInTheExample() {
        Matcher asked = Pattern.compile("\\$\\{([A-Z0-9_]+)[:}]").matcher(read("docker-compose.yml"));
        Set<String> names = new TreeSet<>();
        while (asked.find()) {
            names.add(asked.group(1));
        }

        assertThat(read("deploy/env.example").lines().map(line -> line.replaceFirst("=.*", "")))
                .containsAll(names);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> environment(String service) {
        return (Map<String, Object>)
                requireNonNull(requireNonNull(services.get(service)).get("environment"));
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
