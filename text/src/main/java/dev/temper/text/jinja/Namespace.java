package dev.temper.text.jinja;

import java.util.Map;

/** The one thing a template may write to from inside a loop. */
record Namespace(Map<String, Object> attributes) {}
