/** What changes, told to open pages as server-sent events. */
@NullMarked
package dev.temper.web.live;

import org.jspecify.annotations.NullMarked;
