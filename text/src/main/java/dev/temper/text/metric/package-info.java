/** How good an answer is beside a reference: ROUGE, BLEU, chrF, exact match, F1, accuracy, as the field computes them. */
@NullMarked
package dev.temper.text.metric;

import org.jspecify.annotations.NullMarked;
