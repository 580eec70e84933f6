package dev.temper.data.read;

import dev.temper.contract.CodedException;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Place;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why a file or a record can't be read. Names in braces are facts that come with the place; a page fills the same names
 * into its own words.
 */
public enum ReadCode {
    // The file as a whole.
    FILE_EMPTY("The file is empty.", "Choose a file with rows in it."),
    FILE_FORMAT_UNKNOWN(
            "The content is none of the formats that can be read.",
            "Bring CSV, TSV, JSON, JSONL, XLSX, Parquet, TXT, Markdown, HTML, DOCX, PDF, or a ZIP of these."),
    FILE_FORMAT_OLD(
            "This is a file of Office 97–2003, which is not read.", "Save it as .xlsx or .docx and bring that file."),
    FILE_PASSWORD_PROTECTED("The file is protected by a password.", "Save it without a password and try again."),
    FILE_BROKEN("The file is damaged and ends or breaks here: {reason}", "Export or upload it again."),
    JSON_BROKEN(
            "The JSON breaks at line {line}, column {column}: {reason}",
            "Mend the file there, or export it again if it was cut off."),
    JSON_PATH_MISSING("There is no array at {path} in this file.", "Choose one of the arrays that the file has."),
    CSV_BROKEN(
            "The table breaks near line {line}: {reason}",
            "Look for a quotation mark that is opened and never closed near that line."),
    COLUMNS_TOO_MANY("The table has {found} columns; at most {limit} are read.", "Keep the columns that are needed."),
    ENCODING_UNKNOWN("There is no encoding named {encoding}.", "Choose UTF-8, GB18030, UTF-16 or another known name."),
    SHEET_MISSING("The workbook has no sheet named {sheet}.", "Choose one of its sheets: {sheets}."),
    TEXT_MISSING(
            "The document holds no text that can be read; it may be a scan.",
            "Run text recognition (OCR) over it first, or bring the text itself."),
    UNPACKED_TOO_LARGE(
            "The file unpacks to far more than it should: more than {limit} bytes.",
            "Unpack it yourself and bring the files in it."),
    DOCUMENT_TOO_LARGE(
            "This kind of document is read up to {limit} bytes, and this one is larger.",
            "Split it, or save it as CSV or plain text."),
    ARCHIVE_NESTED("The archive holds another archive: {entry}", "Unpack it and bring the files in it."),
    ARCHIVE_NAME_UNSAFE(
            "The archive holds a name that leads out of it: {entry}", "Make the archive again from plain file names."),
    ARCHIVE_TOO_MANY_ENTRIES("The archive holds more than {limit} files.", "Split it into several."),

    // One record.
    RECORD_TOO_LONG(
            "This record is longer than {limit} characters.",
            "Split it, or check that line ends and quotation marks are where they belong."),
    RECORD_BROKEN("This line is not valid JSON: {reason}", "Mend it and bring it in again."),
    COLUMNS_DIFFER(
            "This row has {found} columns where the header has {expected}.",
            "Look for an unquoted separator or a missing one."),
    ENCODING_INVALID(
            "There are bytes here that are no characters of {encoding}.",
            "Choose the file's encoding, or save it as UTF-8."),
    CHARACTER_NUL("There is a NUL character in this record.", "Remove it; it is mostly a sign of a damaged export."),
    CHARACTER_UNPAIRED("There is half of a surrogate pair in this record.", "Export the row again."),
    KEY_DUPLICATED("The name {key} stands twice in this record.", "Keep one of the two."),
    NUMBER_NOT_FINITE("The number {number} has no finite value.", "Write null or a number."),
    ROW_ABOVE_HEADER("This row stands above the table's header.", "Remove it if it is a title; else move it below."),
    PAGE_EMPTY(
            "There is no text on this page; it may be a picture.",
            "Run text recognition (OCR) over the file if it matters."),
    CELL_ERROR("The cell holds the error {error}.", "Mend the formula in the workbook."),
    FILE_IN_ARCHIVE_SKIPPED(
            "This file in the archive could not be read: {reason}", "Mend it, or leave it out of the archive.");

    private final String message;
    private final String remedy;

    ReadCode(String message, String remedy) {
        this.message = message;
        this.remedy = remedy;
    }

    /** The stable code, as in {@code json_broken}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What happened, in English, with the facts filled in. */
    public String message(Map<String, ?> facts) {
        return fill(message, facts);
    }

    public String remedy() {
        return remedy;
    }

    CodedException at(Place place, Map<String, ?> facts) {
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.putIfAbsent("line", place.line());
        CodedException failure = CodedException.user(code(), message(all), fill(remedy, all));
        failure.with("file", place.file());
        all.forEach(failure::with);
        if (place.within() != null) {
            failure.with("within", place.within());
        }
        return failure;
    }

    LeftOut leftOut(Place place, Map<String, Object> facts, JsonNode content) {
        return new LeftOut(place, code(), facts, content);
    }

    private static String fill(String template, Map<String, ?> facts) {
        String text = template;
        for (Map.Entry<String, ?> fact : facts.entrySet()) {
            @Nullable Object value = fact.getValue();
            text = text.replace("{" + fact.getKey() + "}", String.valueOf(value));
        }
        return text;
    }
}
