/** The schema and the roles it is used under. */
@NullMarked
package dev.temper.db;

import org.jspecify.annotations.NullMarked;
