package dev.temper.web.audit;

/** What checking the chain said, as the page draws it. */
record Chain(String tone, String icon, String headline, String text) {}
