/** How the queue bears ten thousand jobs, a thousand devices and two hundred workers. */
@NullMarked
package dev.temper.benchmarks.queue;

import org.jspecify.annotations.NullMarked;
