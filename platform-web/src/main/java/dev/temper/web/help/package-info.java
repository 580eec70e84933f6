/** Help: roles, keyboard, error codes. */
@NullMarked
package dev.temper.web.help;

import org.jspecify.annotations.NullMarked;
