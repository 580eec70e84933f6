/** The REST face of tenants, people and keys. */
@NullMarked
package dev.temper.platform.tenant.web;

import org.jspecify.annotations.NullMarked;
