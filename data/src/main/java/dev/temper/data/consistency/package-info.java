/** Whether an answer speaks of what was asked, by the distance of their meanings in a small embedding model. */
@NullMarked
package dev.temper.data.consistency;

import org.jspecify.annotations.NullMarked;
