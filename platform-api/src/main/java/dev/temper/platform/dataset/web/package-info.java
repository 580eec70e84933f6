/** Datasets, versions and imports over REST. */
@NullMarked
package dev.temper.platform.dataset.web;

import org.jspecify.annotations.NullMarked;
