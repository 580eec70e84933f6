/** The way to the platform over real connections. */
@NullMarked
package dev.temper.trainer.link;

import org.jspecify.annotations.NullMarked;
