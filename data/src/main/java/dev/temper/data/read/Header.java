package dev.temper.data.read;

import dev.temper.data.row.Place;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The names of a table's columns, each once, and rows under them. */
record Header(List<String> names) {
    /** The first rows of a table, among which its header is looked for. */
    static final int LOOKED_AT = 10;

    private static final int LONGEST_NAME = 80;
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9.,]*%?");

    Header {
        names = List.copyOf(names);
    }

    /** The first row as names: blank ones are numbered, names that stand twice are told apart, so that no cell is lost. */
    static Header named(List<String> cells, Place place, Limits limits) {
        checkCount(cells.size(), place, limits);
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < cells.size(); i++) {
            String name = cells.get(i).strip();
            String wanted = name.isEmpty() ? "column " + (i + 1) : name;
            String free = wanted;
            for (int count = 2; !taken.add(free); count++) {
                free = wanted + " (" + count + ")";
            }
            names.add(free);
        }
        return new Header(names);
    }

    static Header numbered(int columns, Place place, Limits limits) {
        return named(Collections.nCopies(columns, ""), place, limits);
    }

    /** Whether a first row names columns: no numbers, nothing long, and not all blank. */
    static boolean looksLikeNames(List<String> cells) {
        boolean any = false;
        for (String cell : cells) {
            String text = cell.strip();
            if (text.length() > LONGEST_NAME || NUMBER.matcher(text).matches()) {
                return false;
            }
            any |= !text.isEmpty();
        }
        return any;
    }

    /**
     * How many of a table's first rows are titles and notes above its header. They fill few cells; the header fills most of
     * those the rows under it do.
     */
    static int titlesAbove(List<List<String>> first) {
        int widest = first.stream().mapToInt(Header::filled).max().orElse(0);
        int titles = 0;
        while (widest > 1 && 2 * filled(first.get(titles)) <= widest) {
            titles++;
        }
        return titles;
    }

    private static int filled(List<String> cells) {
        return (int) cells.stream().filter(cell -> !cell.isBlank()).count();
    }

    /** One row as an object, or why it is none. */
    Item row(List<String> cells, Place place, Charset charset) {
        ObjectNode row = Json.NODES.objectNode();
        @Nullable Flaw flaw = null;
        Place at = place;
        for (int i = 0; i < Math.max(cells.size(), names.size()); i++) {
            String name = i < names.size() ? names.get(i) : "column " + (i + 1);
            String cell = i < cells.size() ? cells.get(i) : "";
            if (i < names.size() || !cell.isBlank()) {
                row.put(name, cell);
            }
            Flaw found = flaw == null ? Flaw.in(cell, charset) : null;
            if (found != null) {
                flaw = found;
                at = place.column(name);
            }
        }
        if (flaw == null && (cells.size() < names.size() || row.size() > names.size())) {
            flaw = new Flaw(ReadCode.COLUMNS_DIFFER, Map.of("found", cells.size(), "expected", names.size()));
        }
        return flaw == null ? new Item.Value(place, row) : flaw.at(at, row);
    }

    private static void checkCount(int columns, Place place, Limits limits) {
        if (columns > limits.columns()) {
            throw ReadCode.COLUMNS_TOO_MANY.at(place, Map.of("found", columns, "limit", limits.columns()));
        }
    }
}
