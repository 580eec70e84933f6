package dev.temper.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private Path output;

    @Test
    void aCheckpointIsWholeOrNotThere() throws IOException {
        Checkpoints checkpoints = new Checkpoints(output, 0);
        write(checkpoints, 3);

        CodedException e = catchThrowableOfType(
                CodedException.class,
                () -> checkpoints.write(6, folder -> {
                    Files.writeString(folder.resolve("weights"), "half of i");
                    throw new IOException("No space left on device");
                }));

        assertThat(e.code()).isEqualTo("disk_full");
        assertThat(e.category()).isEqualTo(CodedException.Category.RESOURCES);
        assertThat(names()).containsExactlyInAnyOrder("checkpoint-3", "latest");
        assertThat(checkpoints.newestWhole(_ -> {})).contains(new Checkpoint(3, output.resolve("checkpoint-3")));
    }

    @Test
    void theOneBeforeADamagedOneIsUsedAndTheDamageIsTold() throws IOException {
        for (Damage damage : Damage.values()) {
            Checkpoints checkpoints = new Checkpoints(output, 0);
            checkpoints.deleteAll();
            write(checkpoints, 3);
            write(checkpoints, 6);
            damage.to(output.resolve("checkpoint-6"));
            List<String> complaints = new ArrayList<>();

            assertThat(checkpoints.newestWhole(complaints::add))
                    .as(damage.name())
                    .contains(new Checkpoint(3, output.resolve("checkpoint-3")));
            assertThat(complaints).singleElement().asString().contains("checkpoint-6");
        }
    }

    @Test
    void aDamagedOneIsWrittenAgainAndAWholeOneIsNot() throws IOException {
        Checkpoints checkpoints = new Checkpoints(output, 0);
        write(checkpoints, 3);
        checkpoints.write(3, _ -> {
            throw new IOException("a whole checkpoint is not to be written again");
        });
        Damage.FLIPPED_BIT.to(output.resolve("checkpoint-3"));

        write(checkpoints, 3);

        assertThat(checkpoints.newestWhole(_ -> {})).isPresent();
    }

    @Test
    void keepsTheNewestAndTheBest() throws IOException {
        Checkpoints checkpoints = new Checkpoints(output, 2);
        for (int step = 1; step <= 5; step++) {
            write(checkpoints, step);
            checkpoints.prune(2);
        }

        assertThat(names()).containsExactlyInAnyOrder("checkpoint-2", "checkpoint-4", "checkpoint-5", "latest");
        assertThat(Files.readString(output.resolve("latest"))).isEqualTo("checkpoint-5\n");
    }

    @Test
    void sweepsWhatAKilledRunLeft() throws IOException {
        Files.createDirectories(output.resolve(".checkpoint-9.partial/inner"));
        Files.writeString(output.resolve(".checkpoint-9.partial/inner/weights"), "half");

        new Checkpoints(output, 0).sweep();

        assertThat(names()).isEmpty();
    }

    private static void write(Checkpoints checkpoints, int step) {
        checkpoints.write(step, folder -> {
            Files.writeString(folder.resolve("weights"), "weights of step " + step);
            Files.writeString(folder.resolve("state"), "state of step " + step);
        });
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(output)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private enum Damage {
        FLIPPED_BIT {
            @Override
            void to(Path folder) throws IOException {
                flip(folder.resolve("weights"));
            }
        },
        CUT_FILE {
            @Override
            void to(Path folder) throws IOException {
                Files.writeString(folder.resolve("state"), "state");
            }
        },
        MISSING_FILE {
            @Override
            void to(Path folder) throws IOException {
                Files.delete(folder.resolve("state"));
            }
        },
        MISSING_MANIFEST {
            @Override
            void to(Path folder) throws IOException {
                Files.delete(folder.resolve(Manifest.FILE));
            }
        },
        FLIPPED_BIT_IN_THE_MANIFEST {
            @Override
            void to(Path folder) throws IOException {
                flip(folder.resolve(Manifest.FILE));
            }
        };

        abstract void to(Path folder) throws IOException;

        private static void flip(Path file) throws IOException {
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.seek(bytes.length() / 2);
                int value = bytes.read();
                bytes.seek(bytes.length() / 2);
                bytes.write(value ^ 4);
            }
        }
    }
}
