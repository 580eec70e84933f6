/** What every page is drawn in: navigation, top bar, language and look, and the words for what an action did. */
@NullMarked
package dev.temper.web.shell;

import org.jspecify.annotations.NullMarked;
