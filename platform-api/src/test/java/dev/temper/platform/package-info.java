/** The platform without its pages, started for tests on a real database. */
@NullMarked
package dev.temper.platform;

import org.jspecify.annotations.NullMarked;
