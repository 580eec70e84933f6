/** OpenAI's dialect for files, fine-tuning jobs and models, so that its SDKs drive this platform unchanged. */
@NullMarked
package dev.temper.platform.openai;

import org.jspecify.annotations.NullMarked;
