/** The addresses of the dialect, under {@code /v1}. */
@NullMarked
package dev.temper.platform.openai.web;

import org.jspecify.annotations.NullMarked;
