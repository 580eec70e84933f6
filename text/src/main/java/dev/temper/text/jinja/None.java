package dev.temper.text.jinja;

/** Python's None, so that no value is ever null. */
enum None {
    NONE
}
