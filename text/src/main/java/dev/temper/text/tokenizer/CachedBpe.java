package dev.temper.text.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Byte-level BPE that remembers what each word became, several times as fast as the library. It does only what it is proved
 * to do as the library does, id for id: tokenizers of the usual make, and texts of characters about which all versions of
 * Unicode agree. Everything else is left to the library. Safe for any number of threads.
 */
final class CachedBpe {
    private static final int MOST_WORDS = 1 << 16;
    private static final int LONGEST_KEPT = 48;
    /** Bytes of a word; longer ones are rare, and the library is better at them. */
    private static final int LONGEST_WORD = 2048;

    private static final String GPT2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    private static final String QWEN =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+"
                    + "|\\s+(?!\\S)|\\s+";
    private static final String LLAMA = QWEN.replace("\\p{N}|", "\\p{N}{1,3}|");
    private static final Set<String> PATTERNS = Set.of(QWEN, LLAMA);

    private final Pattern words;
    private final boolean digitsApart;
    private final boolean wholeWordsFirst;
    private final int[] bytes;
    /** Only where whole words come first. */
    private final Map<String, Integer> vocabulary;

    private final PairTable merges;
    private final Map<Character, List<AddedToken>> added;
    private final Map<String, int[]> known = new ConcurrentHashMap<>();

    private CachedBpe(
            Pattern words,
            boolean digitsApart,
            boolean wholeWordsFirst,
            int[] bytes,
            Map<String, Integer> vocabulary,
            PairTable merges,
            Map<Character, List<AddedToken>> added) {
        this.words = words;
        this.digitsApart = digitsApart;
        this.wholeWordsFirst = wholeWordsFirst;
        this.bytes = bytes;
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.added = added;
    }

    /** Null for a tokenizer of another make. */
    static @Nullable CachedBpe of(String json, List<AddedToken> tokens) {
        JsonNode file = JsonMapper.shared().readTree(json);
        JsonNode model = file.path("model");
        Cut cut = Cut.of(file.path("pre_tokenizer"));
        boolean usual = model.path("type").asString("").equals("BPE")
                && absent(model.path("dropout"))
                && absent(model.path("unk_token"))
                && empty(model.path("continuing_subword_prefix"))
                && empty(model.path("end_of_word_suffix"))
                && !model.path("byte_fallback").asBoolean(false)
                && (absent(file.path("normalizer"))
                        || file.path("normalizer").path("type").asString("").equals("NFC"));
        if (cut == null || !usual) {
            return null;
        }
        for (JsonNode token : file.path("added_tokens")) {
            boolean plain = !token.path("lstrip").asBoolean(false)
                    && !token.path("rstrip").asBoolean(false)
                    && !token.path("single_word").asBoolean(false)
                    && !token.path("normalized").asBoolean(true)
                    && !token.path("content").asString("").isEmpty();
            if (!plain) {
                return null;
            }
        }
        Map<String, Integer> vocabulary = new HashMap<>();
        model.path("vocab")
                .properties()
                .forEach(
                        entry -> vocabulary.put(entry.getKey(), entry.getValue().intValue()));
        int[] bytes = new int[256];
        for (int i = 0; i < bytes.length; i++) {
            Integer id = vocabulary.get(String.valueOf(letter(i)));
            if (id == null) {
                return null;
            }
            bytes[i] = id;
        }
        PairTable merges = merges(model.path("merges"), vocabulary);
        if (merges == null) {
            return null;
        }
        boolean wholeWordsFirst = model.path("ignore_merges").asBoolean(false);
        return new CachedBpe(
                Pattern.compile(cut.pattern(), Pattern.UNICODE_CHARACTER_CLASS),
                cut.digitsApart(),
                wholeWordsFirst,
                bytes,
                wholeWordsFirst ? vocabulary : Map.of(),
                merges,
                ControlTokens.byFirstCharacter(tokens));
    }

    /** How a text is cut into words. */
    private record Cut(String pattern, boolean digitsApart) {
        static @Nullable Cut of(JsonNode step) {
            if (isByteLevel(step, true)) {
                return new Cut(GPT2, false);
            }
            JsonNode steps = step.path("pretokenizers");
            if (steps.size() != 2) {
                return null;
            }
            JsonNode first = steps.path(0);
            String kind = first.path("type").asString("");
            String pattern = first.path("pattern").path("Regex").asString("");
            if (kind.equals("Digits")
                    && first.path("individual_digits").asBoolean(false)
                    && isByteLevel(steps.path(1), true)) {
                return new Cut(GPT2, true);
            }
            boolean split = kind.equals("Split")
                    && PATTERNS.contains(pattern)
                    && first.path("behavior").asString("").equals("Isolated")
                    && !first.path("invert").asBoolean(false)
                    && isByteLevel(steps.path(1), false);
            return split ? new Cut(pattern, false) : null;
        }

        private static boolean isByteLevel(JsonNode step, boolean cuts) {
            return step.path("type").asString("").equals("ByteLevel")
                    && !step.path("add_prefix_space").asBoolean(true)
                    && step.path("use_regex").asBoolean(true) == cuts;
        }
    }

    private static @Nullable PairTable merges(JsonNode list, Map<String, Integer> vocabulary) {
        PairTable merges = new PairTable(list.size());
        int rank = 0;
        for (JsonNode merge : list) {
            String[] pair = merge.isArray()
                    ? new String[] {merge.path(0).asString(""), merge.path(1).asString("")}
                    : merge.asString("").split(" ", 2);
            Integer left = vocabulary.get(pair[0]);
            Integer right = pair.length == 2 ? vocabulary.get(pair[1]) : null;
            Integer joined = right == null ? null : vocabulary.get(pair[0] + pair[1]);
            if (left == null || right == null || joined == null) {
                return null;
            }
            merges.put(left, right, rank++, joined);
        }
        return merges;
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean empty(JsonNode node) {
        return absent(node) || node.asString("").isEmpty();
    }

    /** How a byte-level vocabulary writes a byte. */
    private static char letter(int value) {
        boolean itself = (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
        if (itself) {
            return (char) value;
        }
        int before = value < '!' ? value : value < 0xA1 ? value - 94 : 67;
        return (char) (256 + before);
    }

    /** The ids; null where the library has to say. */
    int @Nullable [] encode(String text) {
        if (!isPlain(text)) {
            return null;
        }
        Ids ids = new Ids(text.length() / 2 + 8);
        int from = 0;
        for (int i = 0; i < text.length(); ) {
            AddedToken token = at(text, i);
            if (token == null) {
                i++;
                continue;
            }
            if (!words(text, from, i, ids)) {
                return null;
            }
            ids.add(token.id());
            i += token.content().length();
            from = i;
        }
        return words(text, from, text.length(), ids) ? ids.trimmed() : null;
    }

    private @Nullable AddedToken at(String text, int index) {
        List<AddedToken> candidates = added.get(text.charAt(index));
        if (candidates != null) {
            for (AddedToken token : candidates) {
                if (text.startsWith(token.content(), index)) {
                    return token;
                }
            }
        }
        return null;
    }

    /** Letters, digits, signs and white space that are the same in every version of Unicode, and composed already. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= ' ' && c <= '~')
                    || c == '\n'
                    || c == '\t'
                    || c == '\r'
                    || (c >= 0x4E00 && c <= 0x9FA5)
                    || (c >= 0xFF01 && c <= 0xFF5E)
                    || (c >= 0x3001 && c <= 0x3011)
                    || (c >= 0xA1 && c <= 0xFF && c != 0xAD)
                    || (c >= 0x2013 && c <= 0x2026);
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    private boolean words(String text, int from, int to, Ids ids) {
        if (!digitsApart) {
            return cut(text, from, to, ids);
        }
        int start = from;
        for (int i = from; i < to; i++) {
            if (isNumber(text.charAt(i))) {
                if (!cut(text, start, i, ids) || !word(text.substring(i, i + 1), ids)) {
                    return false;
                }
                start = i + 1;
            }
        }
        return cut(text, start, to, ids);
    }

    private static boolean isNumber(char c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private boolean cut(String text, int from, int to, Ids ids) {
        if (from >= to) {
            return true;
        }
        Matcher matcher = words.matcher(text).region(from, to);
        while (matcher.find()) {
            if (!word(matcher.group(), ids)) {
                return false;
            }
        }
        return true;
    }

    private boolean word(String word, Ids ids) {
        int[] tokens = known.get(word);
        if (tokens == null) {
            byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
            if (utf8.length > LONGEST_WORD) {
                return false;
            }
            tokens = merged(utf8);
            if (word.length() <= LONGEST_KEPT && known.size() < MOST_WORDS) {
                known.put(word, tokens);
            }
        }
        ids.addAll(tokens);
        return true;
    }

    private int[] merged(byte[] utf8) {
        int count = utf8.length;
        if (wholeWordsFirst) {
            StringBuilder letters = new StringBuilder(count);
            for (byte each : utf8) {
                letters.append(letter(each & 0xff));
            }
            Integer whole = vocabulary.get(letters.toString());
            if (whole != null) {
                return new int[] {whole};
            }
        }
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = bytes[utf8[i] & 0xff];
        }
        // The place of each pair's merge in the table, or -1; the least rank is joined first, of equals the leftmost.
        int[] slots = new int[Math.max(0, count - 1)];
        for (int i = 0; i + 1 < count; i++) {
            slots[i] = merges.find(ids[i], ids[i + 1]);
        }
        while (count > 1) {
            int best = -1;
            int least = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < count; i++) {
                if (slots[i] >= 0 && merges.rank(slots[i]) < least) {
                    least = merges.rank(slots[i]);
                    best = i;
                }
            }
            if (best < 0) {
                break;
            }
            ids[best] = merges.joined(slots[best]);
            System.arraycopy(ids, best + 2, ids, best + 1, count - best - 2);
            if (best + 2 < count) {
                System.arraycopy(slots, best + 2, slots, best + 1, count - best - 3);
            }
            count--;
            if (best > 0) {
                slots[best - 1] = merges.find(ids[best - 1], ids[best]);
            }
            if (best + 1 < count) {
                slots[best] = merges.find(ids[best], ids[best + 1]);
            }
        }
        return Arrays.copyOf(ids, count);
    }

    /** Ids that grow. */
    private static final class Ids {
        private int[] ids;
        private int count;

        Ids(int room) {
            this.ids = new int[room];
        }

        void add(int id) {
            room(1);
            ids[count++] = id;
        }

        void addAll(int[] more) {
            room(more.length);
            System.arraycopy(more, 0, ids, count, more.length);
            count += more.length;
        }

        private void room(int more) {
            if (count + more > ids.length) {
                ids = Arrays.copyOf(ids, Math.max(2 * ids.length, count + more));
            }
        }

        int[] trimmed() {
            return Arrays.copyOf(ids, count);
        }
    }
}
