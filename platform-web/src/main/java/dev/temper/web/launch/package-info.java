/** From the command line to a running platform: the data folder, the embedded PostgreSQL, settings, admin commands. */
@NullMarked
package dev.temper.web.launch;

import org.jspecify.annotations.NullMarked;
