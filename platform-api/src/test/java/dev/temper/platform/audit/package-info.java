/** Tests of the package of the same name. */
@NullMarked
package dev.temper.platform.audit;

import org.jspecify.annotations.NullMarked;
