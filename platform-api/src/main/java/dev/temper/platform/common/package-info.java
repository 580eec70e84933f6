/** What every feature stands on: ids, the clock, coded problems, pages by cursor, idempotency, versions, limits. */
@NullMarked
package dev.temper.platform.common;

import org.jspecify.annotations.NullMarked;
