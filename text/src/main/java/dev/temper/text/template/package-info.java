/** How a conversation becomes the ids and labels a model learns from: templates, masks, truncation, packing. */
@NullMarked
package dev.temper.text.template;

import org.jspecify.annotations.NullMarked;
