/** Signing in: password, second step, forced change, invitation. */
@NullMarked
package dev.temper.web.login;

import org.jspecify.annotations.NullMarked;
