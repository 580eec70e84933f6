/** One run from a spec to a model, and the worker that leases runs. */
@NullMarked
package dev.temper.trainer;

import org.jspecify.annotations.NullMarked;
