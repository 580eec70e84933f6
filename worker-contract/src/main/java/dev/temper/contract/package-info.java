/** The records the platform and its workers exchange; plain Java, versioned. */
@NullMarked
package dev.temper.contract;

import org.jspecify.annotations.NullMarked;
