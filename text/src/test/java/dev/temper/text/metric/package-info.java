/** Tests of the package of this name. */
package dev.temper.text.metric;
