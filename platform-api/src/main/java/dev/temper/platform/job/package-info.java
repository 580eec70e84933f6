/** One execution of what somebody wants run: its states, its attempts, and everything that became of it. */
@NullMarked
package dev.temper.platform.job;

import org.jspecify.annotations.NullMarked;
