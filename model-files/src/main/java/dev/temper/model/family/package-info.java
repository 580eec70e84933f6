/** What decoder families call their weights and which they have; one file each. */
@NullMarked
package dev.temper.model.family;

import org.jspecify.annotations.NullMarked;
