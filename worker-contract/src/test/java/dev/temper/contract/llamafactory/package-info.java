/** Tests of what is read of LLaMA-Factory's users' files. */
@NullMarked
package dev.temper.contract.llamafactory;

import org.jspecify.annotations.NullMarked;
