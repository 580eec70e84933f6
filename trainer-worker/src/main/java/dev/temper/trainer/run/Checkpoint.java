package dev.temper.trainer.run;

import java.nio.file.Path;

/** A state of the run on disk that was whole when it was last looked at. */
public record Checkpoint(int step, Path folder) {}
