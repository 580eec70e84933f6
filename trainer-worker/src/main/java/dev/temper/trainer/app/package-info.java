/** The command line: what a person types, what is shown, and what the process returns. */
@NullMarked
package dev.temper.trainer.app;

import org.jspecify.annotations.NullMarked;
