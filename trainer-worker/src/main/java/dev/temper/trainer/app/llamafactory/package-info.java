/** The files that LLaMA-Factory's users have beside a run's YAML: paths, and {@code dataset_info.json}. */
@NullMarked
package dev.temper.trainer.app.llamafactory;

import org.jspecify.annotations.NullMarked;
