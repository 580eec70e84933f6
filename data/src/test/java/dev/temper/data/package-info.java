/** What several tests of data need. */
@NullMarked
package dev.temper.data;

import org.jspecify.annotations.NullMarked;
