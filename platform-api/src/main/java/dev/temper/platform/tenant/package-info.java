/** Tenants, the people in them and what they may do; signing in, sessions, API keys. */
@NullMarked
package dev.temper.platform.tenant;

import org.jspecify.annotations.NullMarked;
