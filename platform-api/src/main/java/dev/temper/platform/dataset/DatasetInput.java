package dev.temper.platform.dataset;

import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import dev.temper.platform.common.ErrorCode;
import java.util.List;

/** What people type about datasets, made clean or refused with the field's name. */
final class DatasetInput {
    private static final int NAME = 100;
    private static final int TAG = 40;
    private static final int TAGS = 20;

    private DatasetInput() {}

    static String name(String field, String typed) {
        String clean = text(field, typed, NAME);
        if (clean.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at(field);
        }
        return clean;
    }

    static List<String> tags(String field, List<String> typed) {
        if (typed.size() > TAGS) {
            throw ErrorCode.FIELD_TOO_LONG.at(field).with("max", TAGS);
        }
        return typed.stream()
                .map(tag -> text(field, tag, TAG))
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
    }

    static String text(String field, String typed, int most) {
        String clean = typed.strip();
        if (clean.codePointCount(0, clean.length()) > most) {
            throw ErrorCode.FIELD_TOO_LONG.at(field).with("max", most);
        }
        if (clean.codePoints().anyMatch(c -> (c < ' ' && c != '\n' && c != '\t') || (c >= 0xD800 && c < 0xE000))) {
            throw ErrorCode.FIELD_UNSTORABLE_TEXT.at(field);
        }
        return clean;
    }

    /** Refuses texts that no database and no other tool could keep. */
    static void row(String field, Row row) {
        RowText.each(row, text -> {
            if (text.codePoints().anyMatch(c -> c == 0 || (c >= 0xD800 && c < 0xE000))) {
                throw ErrorCode.FIELD_UNSTORABLE_TEXT.at(field);
            }
        });
    }

    /** The name of a file as a customer's machine has it, without its folders. */
    static String fileName(String field, String typed) {
        String last = typed.substring(Math.max(typed.lastIndexOf('/'), typed.lastIndexOf('\\')) + 1);
        String clean = last.replaceAll("\\p{Cntrl}", "").strip();
        if (clean.isEmpty() || clean.equals(".") || clean.equals("..")) {
            throw ErrorCode.FIELD_REQUIRED.at(field);
        }
        return text(field, clean, 255);
    }
}
