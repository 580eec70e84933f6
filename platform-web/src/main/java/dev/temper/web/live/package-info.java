/** Where open pages hear of what changes. */
@NullMarked
package dev.temper.web.live;

import org.jspecify.annotations.NullMarked;
