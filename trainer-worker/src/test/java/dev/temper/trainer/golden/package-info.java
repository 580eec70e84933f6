/** Runs recorded with transformers and PEFT, trained again. */
@NullMarked
package dev.temper.trainer.golden;

import org.jspecify.annotations.NullMarked;
