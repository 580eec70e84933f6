/** What changes, told to open pages as server-sent events. */
@NullMarked
package dev.temper.platform.live.web;

import org.jspecify.annotations.NullMarked;
