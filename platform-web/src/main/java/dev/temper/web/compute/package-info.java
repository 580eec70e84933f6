/** Compute: pools and nodes, the matrix of quotas, the queue, jobs, and what was used. */
@NullMarked
package dev.temper.web.compute;

import org.jspecify.annotations.NullMarked;
