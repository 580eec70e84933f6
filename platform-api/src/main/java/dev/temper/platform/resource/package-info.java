/** Nodes and their devices, pools, quotas, reservations, and the ledger of who held what. */
@NullMarked
package dev.temper.platform.resource;

import org.jspecify.annotations.NullMarked;
