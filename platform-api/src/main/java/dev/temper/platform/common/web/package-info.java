/** How every request is received and answered: ids, limits, bodies, pages, versions, idempotency, problems, OpenAPI. */
@NullMarked
package dev.temper.platform.common.web;

import org.jspecify.annotations.NullMarked;
