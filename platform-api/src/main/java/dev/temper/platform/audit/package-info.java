/** Who did what to which, when and from where: append-only, hash-chained per tenant. */
@NullMarked
package dev.temper.platform.audit;

import org.jspecify.annotations.NullMarked;
