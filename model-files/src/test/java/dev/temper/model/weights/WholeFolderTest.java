package dev.temper.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFolderTest {
    @TempDir
    Path folder;

    @Test
    void aFolderThatFailsHalfWayLeavesTheOldOne() throws IOException {
        Path target = folder.resolve("model");
        WholeFolder.write(target, path -> Files.writeString(path.resolve("a"), "old"));

        assertThatThrownBy(() -> WholeFolder.write(target, path -> {
                    Files.writeString(path.resolve("a"), "new");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOfSatisfying(CodedException.class, e -> {
                    assertThat(e.code()).isEqualTo("disk_full");
                    assertThat(e.category()).isEqualTo(CodedException.Category.RESOURCES);
                });

        assertThat(target.resolve("a")).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(target));
    }

    @Test
    void aNewFolderReplacesTheOldOneWhole() {
        Path target = folder.resolve("deep").resolve("model");
        WholeFolder.write(target, path -> Files.writeString(path.resolve("old"), ""));
        WholeFolder.write(target, path -> Files.writeString(path.resolve("new"), ""));

        assertThat(target).isDirectoryContaining(path -> path.endsWith("new"));
        assertThat(target.resolve("old")).doesNotExist();
        assertThat(target.getParent()).isDirectoryNotContaining(path -> !path.equals(target));
    }

    @Test
    void aFileThatFailsHalfWayLeavesTheOldOne() throws IOException {
        Path target = folder.resolve("model.gguf");
        WholeFolder.writeFile(target, path -> Files.writeString(path, "old"));

        assertThatThrownBy(() -> WholeFolder.writeFile(target, path -> {
                    Files.writeString(path, "half");
                    throw new IOException("broken");
                }))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo("output_unwritable"));

        assertThat(target).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(target));
    }
}
