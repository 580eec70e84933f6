package dev.temper.web.shell;

/**
 * A point in time as a page shows it.
 *
 * @param iso for the machine
 * @param text relative within a day, else date and time in the reader's zone
 * @param full date, time to the second and zone
 */
public record Moment(String iso, String text, String full) {}
