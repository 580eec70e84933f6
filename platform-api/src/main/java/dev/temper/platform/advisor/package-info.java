/** What the settings of a training should be, and why: rules over plain values, nothing read and nothing written. */
@NullMarked
package dev.temper.platform.advisor;

import org.jspecify.annotations.NullMarked;
