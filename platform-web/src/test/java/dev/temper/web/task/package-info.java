/** Tests of what the pages of tasks compute. */
@NullMarked
package dev.temper.web.task;

import org.jspecify.annotations.NullMarked;
