/** Which job starts where and when, which must make room, and why each of the others waits. */
@NullMarked
package dev.temper.platform.scheduling;

import org.jspecify.annotations.NullMarked;
