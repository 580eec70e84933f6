package dev.temper.trainer.run;

import java.io.IOException;
import java.nio.file.Path;

/** The tensors of a run at one moment, for a checkpoint. */
interface Snapshot extends AutoCloseable {
    void writeTo(Path folder) throws IOException;

    @Override
    void close();
}
