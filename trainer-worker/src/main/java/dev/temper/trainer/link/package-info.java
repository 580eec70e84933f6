/** The way to the platform: what a worker asks of it over HTTP, and what became of asking. */
@NullMarked
package dev.temper.trainer.link;

import org.jspecify.annotations.NullMarked;
