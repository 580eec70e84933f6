package dev.temper.text.jinja;

import java.util.List;

/** What filters such as {@code map} give in Python: true even when empty, and without a length, until made a list. */
record Lazy(List<Object> items) {}
