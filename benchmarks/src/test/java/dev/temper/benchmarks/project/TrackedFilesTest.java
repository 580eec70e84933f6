package dev.temper.benchmarks.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What may not be in the repository. The patterns are written so that they do not match themselves. */
class TrackedFilesTest {
    private static final Map<String, Pattern> FORBIDDEN = Map.of(
            "the host of a package registry",
            Pattern.compile("repo1?[.]mave[n]|registry[.]npm[j]s|py[p]i[.]org|pythonhoste[d]|(index|static)[.]crate[s]"
                    + "|proxy[.]golan[g]|deb[.]debia[n]"),
            "a path of somebody's machine",
            Pattern.compile("(?<![\\w.])/(wor[k]|hom[e]/\\w+|User[s]/\\w+|far[m])/"),
            "a private key",
            Pattern.compile("BEGIN [A-Z ]*PRIVAT[E] KEY"));

    private static final Pattern LOCK_FILE = Pattern.compile(
            "package-lock[.]json|yarn[.]lock|pnpm-lock[.]yaml|maven-wrapper[.]properties|.*[.]lockfile");

    @Test
    void noFileHoldsARegistryAMachineOrAKey() throws IOException, InterruptedException {
        List<String> findings = Repository.files().stream()
                .flatMap(file -> FORBIDDEN.entrySet().stream()
                        .filter(rule ->
                                rule.getValue().matcher(Repository.text(file)).find())
                        .map(rule -> Repository.root().relativize(file) + " holds " + rule.getKey()))
                .toList();
        assertThat(findings).isEmpty();
    }

    @Test
    void noFileLocksAddressesAndNoneIsHuge() throws IOException, InterruptedException {
        assertThat(Repository.files())
                .noneMatch(file -> LOCK_FILE.matcher(name(file)).matches());
        for (Path file : Repository.files()) {
            assertThat(Files.size(file)).as(file.toString()).isLessThan(20 << 20);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
