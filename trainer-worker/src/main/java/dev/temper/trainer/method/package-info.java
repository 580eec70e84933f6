/** Which weights of a decoder learn, and what is put beside those that do not; one file a method. */
@NullMarked
package dev.temper.trainer.method;

import org.jspecify.annotations.NullMarked;
