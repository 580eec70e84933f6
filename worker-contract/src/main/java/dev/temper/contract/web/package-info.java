/** Addresses that somebody else names: asked over redirects that are looked at, not in private networks, and not for ever. */
@NullMarked
package dev.temper.contract.web;

import org.jspecify.annotations.NullMarked;
