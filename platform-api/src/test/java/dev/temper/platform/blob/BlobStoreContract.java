package dev.temper.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store keeps to. */
interface BlobStoreContract {
    BlobStore store();

    @Test
    default void whatIsPutIsThereFromAnyOffset(@TempDir Path folder) throws IOException {
        store().put("t1/ab/one", file(folder, "0123456789"));

        assertThat(read("t1/ab/one", 0)).isEqualTo("0123456789");
        assertThat(read("t1/ab/one", 7)).isEqualTo("789");
        assertThat(read("t1/ab/one", 10)).isEmpty();
        assertThat(store().file("t1/ab/one")).hasContent("0123456789");
    }

    @Test
    default void puttingItAgainChangesNothing(@TempDir Path folder) throws IOException {
        store().put("t2/ab/one", file(folder, "same"));
        store().put("t2/ab/one", file(folder, "same"));

        assertThat(read("t2/ab/one", 0)).isEqualTo("same");
    }

    @Test
    default void nothingComesOfNothing(@TempDir Path folder) throws IOException {
        store().put("t3/empty", file(folder, ""));

        assertThat(read("t3/empty", 0)).isEmpty();
        assertThatThrownBy(() -> store().open("t3/none", 0)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store().file("t3/none")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    default void keysAreListedAndDeleted(@TempDir Path folder) throws IOException {
        store().put("t4/b", file(folder, "b"));
        store().put("t4/a/1", file(folder, "a"));
        store().put("t5/a", file(folder, "other"));

        assertThat(store().keys("t4/")).containsExactly("t4/a/1", "t4/b");
        store().delete("t4/b");
        store().delete("t4/b");
        assertThat(store().keys("t4/")).containsExactly("t4/a/1");
        assertThat(store().keys("t9/")).isEmpty();
    }

    @Test
    default void aKeyCannotLeadOutside(@TempDir Path folder) throws IOException {
        Path outside = file(folder, "x");

        assertThatThrownBy(() -> store().put("../x", outside)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().open("t/../../etc", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Path file(Path folder, String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "put", null), text);
    }

    private String read(String key, long from) throws IOException {
        try (InputStream in = store().open(key, from)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
