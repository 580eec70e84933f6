/**
 * Jinja as far as chat templates use it, computing what Python's Jinja computes under transformers' settings.
 *
 * <p>Java's Jinja library renders one golden template in five as Python does (it trims output, lacks slices with a step,
 * Python's string methods, {@code not x is defined}, and collects errors instead of raising them), and it reaches Java
 * classes from templates. This one knows only text, numbers, lists and maps, so there is nothing to break out to.
 */
@NullMarked
package dev.temper.text.jinja;

import org.jspecify.annotations.NullMarked;
