/** Reads what LLaMA-Factory's users have: the YAML of a run, as a run spec that makes the same batches. */
@NullMarked
package dev.temper.contract.llamafactory;

import org.jspecify.annotations.NullMarked;
