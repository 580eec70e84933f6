/** The database that tests run on, and the schema's own tests. */
@NullMarked
package dev.temper.db;

import org.jspecify.annotations.NullMarked;
