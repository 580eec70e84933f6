/** How the application reaches the database: as whom, and for which tenant each transaction works. */
@NullMarked
package dev.temper.platform.tenant.database;

import org.jspecify.annotations.NullMarked;
