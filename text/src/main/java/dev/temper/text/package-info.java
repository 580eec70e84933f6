/** What the platform and the trainer must compute alike. */
@NullMarked
package dev.temper.text;

import org.jspecify.annotations.NullMarked;
