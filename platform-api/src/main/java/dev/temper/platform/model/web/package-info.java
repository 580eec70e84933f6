/** Base models and tuned ones for programs. */
@NullMarked
package dev.temper.platform.model.web;

import org.jspecify.annotations.NullMarked;
