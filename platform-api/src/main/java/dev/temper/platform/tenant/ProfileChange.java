package dev.temper.platform.tenant;

/** What a person may change about themselves, whole. */
public record ProfileChange(String displayName, String locale, Theme theme, String timeZone) {}
