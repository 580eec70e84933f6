/** Tests of OpenAI's dialect. */
@NullMarked
package dev.temper.platform.openai;

import org.jspecify.annotations.NullMarked;
