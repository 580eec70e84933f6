/** Content of any size by its SHA-256, kept once a tenant, in a folder or a bucket. */
@NullMarked
package dev.temper.platform.blob;

import org.jspecify.annotations.NullMarked;
