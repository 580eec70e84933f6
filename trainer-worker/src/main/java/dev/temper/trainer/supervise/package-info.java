/** The worker around its runs: which devices it has, what runs tell kept until the platform holds it, and the kinds of runs. */
@NullMarked
package dev.temper.trainer.supervise;

import org.jspecify.annotations.NullMarked;
