/** Who a request comes from: form login and its second step, single sign-on, API keys; and what every answer carries. */
@NullMarked
package dev.temper.platform.tenant.security;

import org.jspecify.annotations.NullMarked;
