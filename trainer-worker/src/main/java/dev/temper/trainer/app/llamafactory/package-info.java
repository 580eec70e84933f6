/** Reads the files of LLaMA-Factory's users: the YAML of a run and the {@code dataset_info.json} beside the data. */
@NullMarked
package dev.temper.trainer.app.llamafactory;

import org.jspecify.annotations.NullMarked;
