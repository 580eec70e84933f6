package dev.temper.text.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code loop} stands for inside a loop; called, it runs the loop again one level deeper. */
final class Loop implements Callable {
    private final List<Object> items;
    private final int depth;
    private final Callable again;
    private int index;
    private @Nullable List<Object> lastChanged;

    Loop(List<Object> items, int depth, Callable again) {
        this.items = items;
        this.depth = depth;
        this.again = again;
    }

    void moveTo(int place) {
        index = place;
    }

    @Override
    public Object call(Arguments arguments) {
        return again.call(arguments);
    }

    @Nullable
    Object member(String name) {
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> (long) items.size() - index;
            case "revindex0" -> items.size() - index - 1L;
            case "first" -> index == 0;
            case "last" -> index == items.size() - 1;
            case "length" -> (long) items.size();
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" -> index == 0 ? new Undefined("the item before the first") : items.get(index - 1);
            case "nextitem" ->
                index == items.size() - 1 ? new Undefined("the item behind the last") : items.get(index + 1);
            case "cycle" ->
                (Callable) a -> {
                    if (a.positional().isEmpty()) {
                        throw JinjaErrors.failed("loop.cycle needs something to go round");
                    }
                    return a.positional().get(index % a.positional().size());
                };
            case "changed" ->
                (Callable) a -> {
                    boolean changed = lastChanged == null || !Values.equal(a.positional(), lastChanged);
                    lastChanged = a.positional();
                    return changed;
                };
            default -> null;
        };
    }
}
