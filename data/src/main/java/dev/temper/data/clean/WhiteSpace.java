package dev.temper.data.clean;

/** What happens to white space. */
enum WhiteSpace {
    KEEP,
    /** Line ends are one character, lines have no blanks at their end, no more than one line in a row is empty. */
    LINES,
    /** As LINES, and inside a line blanks are one blank. Not for code: it loses its indentation. */
    COLLAPSE
}
