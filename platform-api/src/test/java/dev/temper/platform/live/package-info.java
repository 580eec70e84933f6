@NullMarked
package dev.temper.platform.live;

import org.jspecify.annotations.NullMarked;
