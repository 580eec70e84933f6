/** The pages in a real browser, over the whole platform and a real database. */
package dev.temper.web.browser;
