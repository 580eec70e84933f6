/** The platform admin's pages: tenants, the platform's audit log. */
@NullMarked
package dev.temper.web.platform;

import org.jspecify.annotations.NullMarked;
