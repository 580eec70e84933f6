/** Finding what must not be learned, personal data and secrets, and hiding it. */
@NullMarked
package dev.temper.data.privacy;

import org.jspecify.annotations.NullMarked;
