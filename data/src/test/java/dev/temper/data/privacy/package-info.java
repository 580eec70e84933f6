/** Tests of hiding personal data and secrets. */
@NullMarked
package dev.temper.data.privacy;

import org.jspecify.annotations.NullMarked;
