/** Tests of tenants, people, keys, and the ways in. */
@NullMarked
package dev.temper.platform.tenant;

import org.jspecify.annotations.NullMarked;
