/** What a training takes in memory, and how it is made to fit: told from sizes alone, before anything is loaded. */
@NullMarked
package dev.temper.model.memory;

import org.jspecify.annotations.NullMarked;
