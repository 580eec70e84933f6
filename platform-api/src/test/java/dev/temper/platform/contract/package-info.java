/** The API as its own description promises it. */
package dev.temper.platform.contract;
