/** API keys: made, shown once, revoked. */
@NullMarked
package dev.temper.web.keys;

import org.jspecify.annotations.NullMarked;
