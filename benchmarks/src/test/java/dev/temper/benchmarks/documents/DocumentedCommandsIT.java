package dev.temper.benchmarks.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.trainer.app.Main;
import dev.temper.web.launch.PackagedApplication;
import dev.temper.web.launch.PlatformProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever copies a command from the documents finds that it works: each page's shell blocks run, in their order and in one
 * shell, against a platform with a worker, as somebody has it who has just started {@code ./temper up}.
 */
class DocumentedCommandsIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String BETWEEN = "--- end of block ---\n";

    /** One after the other, as the later ones use what the first left behind. */
    private static final List<String> PEOPLE = List.of(
            "docs/api-guide.md",
            "docs/guide/en/README.md",
            "docs/guide/zh-CN/README.md",
            "docs/quick-start.md",
            "README.md",
            "README.zh-CN.md");

    private static final List<String> ADMINS =
            List.of("docs/admin-guide.md", "docs/operations.md", "docs/deployment.md");

    /** What a block has that can't be run here, and why. */
    private static final Map<String, String> NOT_HERE = Map.of(
            "./temper demo", "starts what this test has started already, or is the build that this test is a part of",
            "docker compose", "needs a Docker daemon; ComposeTest and TopologyIT hold what they can of it",
            "TEMPER_DATABASE_OWNERPASSWORD", "needs a PostgreSQL of one's own; TopologyIT starts replicas on one",
            "--platform https://temper.example.org", "names a host that is nobody's, and stays");

    @TempDir
    Path folder;

    @Test
    void everyBlockIsShell() throws IOException, InterruptedException {
        for (ShellBlock block :
                blocks(Stream.concat(PEOPLE.stream(), ADMINS.stream()).toList())) {
            Process bash = new ProcessBuilder("bash", "-n", "-c", block.commands())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(bash.waitFor()).as("%s: %s", block, said).isZero();
        }
    }

    @Test
    void whatIsNotRunIsStillWritten() throws IOException {
        List<ShellBlock> all =
                blocks(Stream.concat(PEOPLE.stream(), ADMINS.stream()).toList());
        assertThat(NOT_HERE.keySet()).allSatisfy(words -> assertThat(all).anyMatch(block -> block.has(words)));
    }

    /** A block without a language would be looked at by nobody. */
    @Test
    void everyBlockOfThePagesIsNamedAndEveryPageIsRead() throws IOException {
        Set<String> read = Stream.concat(PEOPLE.stream(), ADMINS.stream()).collect(Collectors.toSet());
        try (Stream<Path> all = Files.walk(ROOT.resolve("docs"))) {
            for (Path page : Stream.concat(all, Stream.of(ROOT.resolve("README.md"), ROOT.resolve("README.zh-CN.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList()) {
                List<String> fences = Files.readAllLines(page).stream()
                        .map(String::strip)
                        .filter(line -> line.startsWith("```"))
                        .toList();
                for (int i = 0; i < fences.size(); i += 2) {
                    assertThat(fences.get(i))
                            .as("%s, block %d", page, i / 2 + 1)
                            .hasSizeGreaterThan(3);
                }
                if (fences.contains("```sh")) {
                    assertThat(read).contains(ROOT.relativize(page).toString());
                }
            }
        }
    }

    @Test
    void everyBlockDoesWhatItSays() throws IOException, InterruptedException, ExecutionException {
        Path temper = command();
        Files.createSymbolicLink(folder.resolve("models"), ROOT.resolve("models"));
        try (var platform = PlatformProcess.up(
                        PackagedApplication.command(),
                        folder.resolve(".temper"),
                        "--port",
                        "0",
                        "--worker-command",
                        temper.toString(),
                        "--set",
                        "temper.models.included=" + ROOT.resolve("models"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String port = ":" + URI.create(platform.url()).getPort();
            Future<?> admins = threads.submit(() -> follow(ADMINS, port));
            follow(PEOPLE, port);
            admins.get();
        }
    }

    private Void follow(List<String> pages, String port) throws IOException, InterruptedException {
        Set<String> done = new HashSet<>();
        for (String page : pages) {
            List<ShellBlock> blocks = blocks(List.of(page)).stream()
                    .filter(block -> NOT_HERE.keySet().stream().noneMatch(block::has))
                    .filter(block -> done.add(block.commands()))
                    .toList();
            if (!blocks.isEmpty()) {
                follow(page, blocks, port);
            }
        }
        return null;
    }

    /** All of a page in one shell, which ends with the first command that fails. */
    private void follow(String page, List<ShellBlock> blocks, String port) throws IOException, InterruptedException {
        String script = blocks.stream()
                .map(block -> block.commands().replace(":8080", port) + "echo '" + BETWEEN.strip() + "'\n")
                .collect(Collectors.joining());
        Path output = folder.resolve(page.replace('/', '-') + ".output");
        Process bash = new ProcessBuilder("bash", "-e", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = bash.waitFor(PATIENCE);
        bash.descendants().forEach(ProcessHandle::destroyForcibly);
        bash.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended && bash.exitValue() == 0).as("%s: %s", page, said).isTrue();
        List<String> answers = List.of(said.split(BETWEEN, -1));
        for (int i = 0; i < blocks.size(); i++) {
            String prints = blocks.get(i).prints();
            if (prints != null) {
                assertThat(answers.get(i))
                        .as("%s, %s", page, blocks.get(i).commands())
                        .contains(prints);
            }
        }
    }

    private static List<ShellBlock> blocks(List<String> pages) throws IOException {
        List<ShellBlock> blocks = new ArrayList<>();
        for (String page : pages) {
            blocks.addAll(ShellBlock.of(ROOT.resolve(page)));
        }
        return blocks;
    }

    /** {@code ./temper} with what is built already. */
    private Path command() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String trainer = Stream.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                .map(DocumentedCommandsIT::quoted)
                .collect(Collectors.joining(" "));
        String platform = PackagedApplication.command().stream()
                .map(DocumentedCommandsIT::quoted)
                .collect(Collectors.joining(" "));
        Path script = folder.resolve("temper");
        Files.writeString(script, """
                #!/bin/bash
                case $1 in
                    admin) exec %s "$@" --data %s ;;
                    worker) exec %s "$@" --shared %s --free-disk 0 ;;
                    *) exec %s "$@" ;;
                esac
                """.formatted(
                        platform,
                        quoted(folder.resolve(".temper").toString()),
                        trainer,
                        quoted(ROOT.resolve("models").toString()),
                        trainer));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private static String quoted(String word) {
        return "'" + word + "'";
    }
}
