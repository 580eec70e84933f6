/** The audit log: search, filter, export. */
@NullMarked
package dev.temper.web.audit;

import org.jspecify.annotations.NullMarked;
