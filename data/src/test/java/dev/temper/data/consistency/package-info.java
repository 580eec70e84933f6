/** Tests of comparing answers with questions. */
@NullMarked
package dev.temper.data.consistency;

import org.jspecify.annotations.NullMarked;
