/** Who belongs to a tenant: roles, invitations. */
@NullMarked
package dev.temper.web.members;

import org.jspecify.annotations.NullMarked;
