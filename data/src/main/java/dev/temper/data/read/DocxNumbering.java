package dev.temper.data.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The numbers Word puts before paragraphs: which list counts how, and how far each has counted. */
final class DocxNumbering {
    private static final Pattern PLACE = Pattern.compile("%([1-9])");
    private static final String[] HAN = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};

    /** How one level of a list counts. */
    private static final class Level {
        String format = "decimal";
        String text = "";
        int start = 1;
    }

    /** Levels by the number of the abstract list, and which abstract list each list is. */
    private final Map<String, Map<Integer, Level>> levels = new HashMap<>();

    private final Map<String, String> lists = new HashMap<>();
    private final Map<String, TreeMap<Integer, Integer>> counted = new HashMap<>();

    static DocxNumbering of(ZipFile zip) throws IOException, XMLStreamException {
        DocxNumbering numbering = new DocxNumbering();
        ZipEntry entry = zip.getEntry("word/numbering.xml");
        if (entry != null) {
            try (InputStream in = zip.getInputStream(entry)) {
                numbering.read(DocxReader.factory().createXMLStreamReader(in));
            }
        }
        return numbering;
    }

    private void read(XMLStreamReader xml) throws XMLStreamException {
        String list = "";
        String abstractList = "";
        Level level = new Level();
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "abstractNum" -> abstractList = DocxReader.attribute(xml, "abstractNumId");
                case "lvl" -> {
                    level = new Level();
                    int depth = Integer.parseInt(DocxReader.attribute(xml, "ilvl"));
                    levels.computeIfAbsent(abstractList, _ -> new HashMap<>()).put(depth, level);
                }
                case "start" -> level.start = Integer.parseInt(DocxReader.attribute(xml, "val"));
                case "numFmt" -> level.format = DocxReader.attribute(xml, "val");
                case "lvlText" -> level.text = DocxReader.attribute(xml, "val");
                case "num" -> list = DocxReader.attribute(xml, "numId");
                case "abstractNumId" -> lists.put(list, DocxReader.attribute(xml, "val"));
                default -> {
                    // How it looks.
                }
            }
        }
    }

    /** Counts on, and the mark that stands before the paragraph; empty for a bullet. */
    String next(String list, int depth) {
        Map<Integer, Level> of = levels.getOrDefault(lists.getOrDefault(list, ""), Map.of());
        Level level = of.get(depth);
        if (level == null || level.format.equals("bullet") || level.format.equals("none")) {
            return "";
        }
        TreeMap<Integer, Integer> counts = counted.computeIfAbsent(list, _ -> new TreeMap<>());
        counts.merge(depth, level.start, (before, _) -> before + 1);
        counts.tailMap(depth, false).clear();
        Matcher place = PLACE.matcher(level.text);
        StringBuilder mark = new StringBuilder();
        while (place.find()) {
            int at = Integer.parseInt(place.group(1)) - 1;
            Level counting = of.getOrDefault(at, level);
            int count = counts.getOrDefault(at, counting.start);
            place.appendReplacement(mark, Matcher.quoteReplacement(shown(count, counting.format)));
        }
        return place.appendTail(mark) + " ";
    }

    private static String shown(int count, String format) {
        return switch (format) {
            case "upperLetter" -> String.valueOf((char) ('A' + Math.floorMod(count - 1, 26)));
            case "lowerLetter" -> String.valueOf((char) ('a' + Math.floorMod(count - 1, 26)));
            case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting" -> han(count);
            default -> Integer.toString(count);
        };
    }

    private static String han(int count) {
        if (count < 0 || count >= 100) {
            return Integer.toString(count);
        }
        if (count <= 10) {
            return HAN[count];
        }
        String tens = count < 20 ? "十" : HAN[count / 10] + "十";
        return count % 10 == 0 ? tens : tens + HAN[count % 10];
    }
}
