/** Base models: choosing one, judging it before use, accepting its licence, bringing new ones in. */
@NullMarked
package dev.temper.web.model;

import org.jspecify.annotations.NullMarked;
