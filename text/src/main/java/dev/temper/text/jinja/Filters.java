package dev.temper.text.jinja;

import dev.temper.text.jinja.Callable.Arguments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Jinja's filters, but those that only web pages want. */
final class Filters {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");

    private final Evaluator evaluator;
    private final Map<String, BiFunction<Object, Arguments, Object>> filters = new LinkedHashMap<>();

    Filters(Evaluator evaluator) {
        this.evaluator = evaluator;
        texts();
        lists();
        others();
    }

    Object apply(String name, Object value, Arguments arguments) {
        BiFunction<Object, Arguments, Object> filter = filters.get(name);
        if (filter == null) {
            throw JinjaErrors.failed("there is no filter " + name);
        }
        return filter.apply(value, arguments);
    }

    private void text(String name, BiFunction<String, Arguments, Object> filter) {
        filters.put(name, (value, a) -> filter.apply(Values.text(value), a));
    }

    private void texts() {
        text("lower", (s, a) -> s.toLowerCase(Locale.ROOT));
        text("upper", (s, a) -> s.toUpperCase(Locale.ROOT));
        text("title", (s, a) -> PythonText.title(s));
        text("capitalize", (s, a) -> PythonText.capitalize(s));
        text("string", (s, a) -> s);
        text("safe", (s, a) -> s);
        text("trim", (s, a) -> {
            Object characters = a.get(0, "chars", None.NONE);
            return PythonText.strip(
                    s, characters == None.NONE ? PythonText.WHITE_SPACE : Values.text(characters), true, true);
        });
        text(
                "replace",
                (s, a) -> PythonText.replace(
                        s,
                        Values.text(a.require(0, "old")),
                        Values.text(a.require(1, "new")),
                        a.count(2, "count", -1)));
        text("wordcount", (s, a) -> WORD.matcher(s).results().count());
        text("indent", Filters::indent);
        text("format", (s, a) -> Formatting.percent(s, a.positional()));
        text(
                "escape",
                (s, a) -> s.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("'", "&#39;")
                        .replace("\"", "&#34;"));
        filters.put("e", filters.get("escape"));
        text("center", (s, a) -> {
            int width = a.count(0, "width", 80);
            Limits.length(width);
            int room = Math.max(0, width - PythonText.length(s));
            int left = room / 2 + (room & width & 1);
            return " ".repeat(left) + s + " ".repeat(room - left);
        });
    }

    private static String indent(String text, Arguments a) {
        Object width = a.get(0, "width", 4L);
        String by = width instanceof String given ? given : " ".repeat(Math.clamp(Values.integer(width), 0, 1000));
        boolean blank = a.flag(2, "blank");
        StringBuilder indented = new StringBuilder(a.flag(1, "first") ? by : "");
        String[] lines = (text + "\n").split("\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            boolean moved = i > 0 && (blank || !lines[i].isEmpty());
            indented.append(i > 0 ? "\n" : "").append(moved ? by : "").append(lines[i]);
            Limits.length(indented.length());
        }
        return indented.toString();
    }

    private void list(String name, BiFunction<List<Object>, Arguments, Object> filter) {
        filters.put(name, (value, a) -> filter.apply(Values.items(value), a));
    }

    private void lists() {
        list("list", (items, a) -> items);
        list("first", (items, a) -> items.isEmpty() ? new Undefined("the first of nothing") : items.getFirst());
        filters.put("last", (value, a) -> {
            if (value instanceof Lazy) {
                throw JinjaErrors.failed("a generator has no last element");
            }
            List<Object> items = Values.items(value);
            return items.isEmpty() ? new Undefined("the last of nothing") : items.getLast();
        });
        filters.put("join", (value, a) -> {
            Function<Object, Object> key = key(a, 1, false);
            List<Object> texts = new ArrayList<>();
            Values.items(value).forEach(item -> texts.add(Values.text(key.apply(item))));
            return Methods.join(Values.text(a.get(0, "d", "")), texts);
        });
        filters.put("reverse", (value, a) -> {
            if (value instanceof String text) {
                return new StringBuilder(text).reverse().toString();
            }
            return new Lazy(Values.items(value).reversed());
        });
        list("sort", (items, a) -> sorted(items, a.flag(0, "reverse"), key(a, 2, !a.flag(1, "case_sensitive"))));
        list("unique", (items, a) -> {
            Function<Object, Object> key = key(a, 1, !a.flag(0, "case_sensitive"));
            List<Object> seen = new ArrayList<>();
            List<Object> unique = new ArrayList<>();
            for (Object item : items) {
                Object itsKey = key.apply(item);
                if (!Values.contains(seen, itsKey)) {
                    seen.add(itsKey);
                    unique.add(item);
                }
            }
            return new Lazy(unique);
        });
        list("min", (items, a) -> extreme(items, a, 1));
        list("max", (items, a) -> extreme(items, a, -1));
        list("sum", (items, a) -> {
            Function<Object, Object> key = key(a, 0, false);
            Object sum = a.get(1, "start", 0L);
            for (Object item : items) {
                sum = Operations.binary("+", sum, key.apply(item));
            }
            return sum;
        });
        list("batch", Filters::batch);
        list("slice", Filters::slice);
        list("groupby", (items, a) -> grouped(items, key(a, 0, false)));
        list("map", this::map);
        list("select", (items, a) -> select(items, item -> tested(item, a, 0)));
        list("reject", (items, a) -> select(items, item -> !tested(item, a, 0)));
        list(
                "selectattr",
                (items, a) -> select(items, item -> tested(attribute(item, a.require(0, "attribute")), a, 1)));
        list(
                "rejectattr",
                (items, a) -> select(items, item -> !tested(attribute(item, a.require(0, "attribute")), a, 1)));
    }

    private void others() {
        filters.put("length", (value, a) -> (long) Values.length(value));
        filters.put("count", filters.get("length"));
        filters.put("default", (value, a) -> {
            boolean missing = value instanceof Undefined || (a.flag(1, "boolean") && !Values.truth(value));
            return missing ? a.get(0, "default_value", "") : value;
        });
        filters.put("d", filters.get("default"));
        filters.put("attr", (value, a) -> evaluator.attribute(value, a.text(0, "name"), false));
        filters.put("items", (value, a) -> switch (value) {
            case Undefined u -> new Lazy(List.of());
            case Map<?, ?> map -> new Lazy(Methods.entries(map));
            default -> throw JinjaErrors.failed("items needs a mapping, not " + Values.typeName(value));
        });
        filters.put("dictsort", (value, a) -> {
            if (!(value instanceof Map<?, ?> map)) {
                throw JinjaErrors.failed("dictsort needs a mapping, not " + Values.typeName(value));
            }
            int by = Values.text(a.get(1, "by", "key")).equals("value") ? 1 : 0;
            boolean fold = !a.flag(0, "case_sensitive");
            return sorted(Methods.entries(map), a.flag(2, "reverse"), e -> folded(((Tuple) e).get(by), fold));
        });
        filters.put("tojson", (value, a) -> {
            Object indent = a.get(1, "indent", None.NONE);
            Object separators = a.get(2, "separators", None.NONE);
            boolean ownSeparators = separators instanceof List<?> pair && pair.size() == 2;
            boolean indented = indent != None.NONE;
            List<?> pair = ownSeparators ? (List<?>) separators : List.of(indented ? "," : ", ", ": ");
            return new Json(
                            indented ? Values.index(indent) : -1,
                            Values.text(pair.get(0)),
                            Values.text(pair.get(1)),
                            a.flag(3, "sort_keys"))
                    .write(value);
        });
        filters.put(
                "abs",
                (value, a) ->
                        value instanceof Double n ? (Object) Math.abs(n) : (Object) Math.abs(Values.integer(value)));
        filters.put("int", (value, a) -> Numbers.toInteger(value, a.get(0, "default", 0L), a.count(1, "base", 10)));
        filters.put("float", (value, a) -> Numbers.toFloat(value, a.get(0, "default", 0.0)));
        filters.put(
                "round",
                (value, a) -> Numbers.round(
                        Values.number(value), a.count(0, "precision", 0), Values.text(a.get(1, "method", "common"))));
    }

    private Object attribute(Object item, Object path) {
        if (path instanceof Long index) {
            return evaluator.item(item, index);
        }
        Object value = item;
        for (Object part : PythonText.split(Values.text(path), ".", -1)) {
            String name = (String) part;
            boolean number = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 10;
            value = evaluator.item(value, number ? (Object) Long.parseLong(name) : name);
        }
        return value;
    }

    private Function<Object, Object> key(Arguments a, int index, boolean fold) {
        Object path = a.get(index, "attribute", None.NONE);
        return item -> folded(path == None.NONE ? item : attribute(item, path), fold);
    }

    private static Object folded(Object value, boolean fold) {
        return fold && value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
    }

    private static List<Object> sorted(List<Object> items, boolean reverse, Function<Object, Object> key) {
        Comparator<Object> order = (a, b) -> Values.compare(key.apply(a), key.apply(b));
        List<Object> sorted = new ArrayList<>(items);
        sorted.sort(reverse ? order.reversed() : order);
        return sorted;
    }

    private Object extreme(List<Object> items, Arguments a, int sign) {
        Function<Object, Object> key = key(a, 1, !a.flag(0, "case_sensitive"));
        return items.stream()
                .reduce((best, item) -> sign * Values.compare(key.apply(item), key.apply(best)) < 0 ? item : best)
                .orElseGet(() -> new Undefined("the extreme of nothing"));
    }

    private static Object batch(List<Object> items, Arguments a) {
        int size = Math.max(1, a.count(0, "linecount", 1));
        Object fill = a.get(1, "fill_with", None.NONE);
        List<Object> batches = new ArrayList<>();
        for (int i = 0; i < items.size(); i += size) {
            List<Object> batch = new ArrayList<>(items.subList(i, Math.min(i + size, items.size())));
            while (fill != None.NONE && batch.size() < Math.min(size, 1000)) {
                batch.add(fill);
            }
            batches.add(batch);
        }
        return new Lazy(batches);
    }

    private static Object slice(List<Object> items, Arguments a) {
        int slices = Math.clamp(a.count(0, "slices", 1), 1, 1000);
        Object fill = a.get(1, "fill_with", None.NONE);
        int each = items.size() / slices;
        int longer = items.size() % slices;
        List<Object> result = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < slices; i++) {
            int to = from + each + (i < longer ? 1 : 0);
            List<Object> part = new ArrayList<>(items.subList(from, to));
            if (fill != None.NONE && i >= longer) {
                part.add(fill);
            }
            result.add(part);
            from = to;
        }
        return new Lazy(result);
    }

    private static Object grouped(List<Object> items, Function<Object, Object> key) {
        List<Object> keys = new ArrayList<>();
        List<List<Object>> groups = new ArrayList<>();
        for (Object item : sorted(items, false, key)) {
            Object itsKey = key.apply(item);
            if (keys.isEmpty() || !Values.equal(itsKey, keys.getLast())) {
                keys.add(itsKey);
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(item);
        }
        List<Object> pairs = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            pairs.add(Tuple.of(keys.get(i), groups.get(i)));
        }
        return pairs;
    }

    private Object map(List<Object> items, Arguments a) {
        List<Object> mapped = new ArrayList<>();
        if (a.positional().isEmpty() && a.named().containsKey("attribute")) {
            Object otherwise = a.get(9, "default", None.class);
            for (Object item : items) {
                Object value = attribute(item, a.require(9, "attribute"));
                mapped.add(value instanceof Undefined && otherwise != None.class ? otherwise : value);
            }
        } else {
            String filter = a.text(0, "filter");
            Arguments rest =
                    new Arguments(a.positional().subList(1, a.positional().size()), a.named());
            items.forEach(item -> mapped.add(apply(filter, item, rest)));
        }
        return new Lazy(mapped);
    }

    private static Object select(List<Object> items, Predicate<Object> wanted) {
        return new Lazy(items.stream().filter(wanted).toList());
    }

    private boolean tested(Object value, Arguments a, int from) {
        if (a.positional().size() <= from) {
            return Values.truth(value);
        }
        Arguments rest =
                new Arguments(a.positional().subList(from + 1, a.positional().size()), a.named());
        return Tests.holds(a.text(from, "test"), value, rest);
    }
}
