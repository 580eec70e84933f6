package dev.temper.data.read;

/**
 * The apostrophe that keeps a spreadsheet from taking a cell for a formula ({@code =cmd|…}). It is put where a text begins
 * as a formula does and taken off when a table is read, and every text comes back as it was.
 */
public final class FormulaMark {
    private static final String BEGINS = "=+-@\t\r";

    private FormulaMark() {}

    public static String put(String text) {
        return isFormula(text) ? "'" + text : text;
    }

    static String off(String cell) {
        return cell.startsWith("'") && isFormula(cell) ? cell.substring(1) : cell;
    }

    /** Behind any marks it already has. */
    private static boolean isFormula(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) == '\'') {
            at++;
        }
        return at < text.length() && BEGINS.indexOf(text.charAt(at)) >= 0;
    }
}
