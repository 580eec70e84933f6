/** A tenant's dashboard. */
@NullMarked
package dev.temper.web.home;

import org.jspecify.annotations.NullMarked;
