package dev.temper.web.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The application as Maven packaged it, extracted once, and the command that starts it. */
public final class PackagedApplication {
    /** From the folder of any module. */
    private static final Path TARGET =
            Path.of("../platform-web/target").toAbsolutePath().normalize();

    private static final Path EXTRACTED = TARGET.resolve("packaged");

    private static boolean extracted;

    private PackagedApplication() {}

    /**
     * The command before its arguments. A folder that {@code ./temper} built, with its AOT cache, can be given by
     * {@code -Dtemper.app}; without it the jar under target is extracted.
     */
    public static synchronized List<String> command() throws IOException, InterruptedException {
        requireEmbeddedPostgres();
        Path folder = System.getProperty("temper.app") == null
                ? extracted()
                : Path.of(System.getProperty("temper.app")).toRealPath();
        List<String> command = new ArrayList<>(List.of(java(), "--enable-native-access=ALL-UNNAMED"));
        if (Files.exists(folder.resolve("temper.aot"))) {
            command.addAll(List.of(
                    "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=" + folder.resolve("temper.aot"), "-Xlog:aot*=off"));
        } else {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of("-jar", folder.resolve("temper.jar").toString()));
        return command;
    }

    private static Path extracted() throws IOException, InterruptedException {
        Path jar = packaged();
        if (extracted) {
            return EXTRACTED;
        }
        FileSystemUtils.deleteRecursively(EXTRACTED);
        Process extraction = new ProcessBuilder(
                        java(),
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--destination",
                        EXTRACTED.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(extraction.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(extraction.waitFor()).as(output).isZero();
        Files.move(EXTRACTED.resolve(jar.getFileName()), EXTRACTED.resolve("temper.jar"));
        extracted = true;
        return EXTRACTED;
    }

    private static Path packaged() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("package platform-web first: no jar in " + TARGET));
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** PostgreSQL's own programs run on Linux, and for root only where it may make a user namespace. */
    private static void requireEmbeddedPostgres() throws IOException, InterruptedException {
        boolean root = "root".equals(System.getProperty("user.name"));
        boolean possible = "Linux amd64".equals(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                && (!root
                        || new ProcessBuilder("unshare", "--user", "true")
                                        .start()
                                        .waitFor()
                                == 0);
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            assertThat(possible).as("the embedded PostgreSQL can run here").isTrue();
        }
        assumeTrue(possible, "needs Linux on x86-64, and for root the right to run 'unshare --user'");
    }
}
