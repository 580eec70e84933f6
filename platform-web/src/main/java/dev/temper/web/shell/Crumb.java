package dev.temper.web.shell;

/** A step above the page: its name in the reader's language and its address. */
public record Crumb(String label, String href) {}
