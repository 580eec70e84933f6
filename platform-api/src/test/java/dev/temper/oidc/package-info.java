/** An OpenID Connect provider for tests; outside of the platform's packages, so that the platform does not find it. */
@NullMarked
package dev.temper.oidc;

import org.jspecify.annotations.NullMarked;
