/** One's own account: profile, password, second step, sessions. */
@NullMarked
package dev.temper.web.account;

import org.jspecify.annotations.NullMarked;
