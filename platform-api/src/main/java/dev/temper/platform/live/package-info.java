/** Small facts about what changes, kept in an outbox for an hour and told at once to whoever watches. */
@NullMarked
package dev.temper.platform.live;

import org.jspecify.annotations.NullMarked;
