/** A small application over the common ground alone, to send requests to. */
@NullMarked
package dev.temper.probe;

import org.jspecify.annotations.NullMarked;
