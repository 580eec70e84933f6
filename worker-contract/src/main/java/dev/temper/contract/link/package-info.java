/** The worker link: what a worker and the platform say to each other over HTTP, as records with one JSON form. */
@NullMarked
package dev.temper.contract.link;

import org.jspecify.annotations.NullMarked;
