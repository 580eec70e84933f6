package dev.temper.web.shell;

/** A tenant in the switcher; the address keeps the collection the reader is in. */
public record TenantLink(String slug, String name, Badge badge, String href) {}
