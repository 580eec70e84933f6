/** Tests of datasets. */
@NullMarked
package dev.temper.platform.dataset;

import org.jspecify.annotations.NullMarked;
