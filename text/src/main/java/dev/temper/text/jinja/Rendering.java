package dev.temper.text.jinja;

import java.util.List;

/**
 * What a template made.
 *
 * @param generated the parts that the generation tag marks as the assistant's, in order
 */
public record Rendering(String text, List<Span> generated) {
    /** Characters from {@code start} to before {@code end}. */
    public record Span(int start, int end) {}

    public Rendering {
        generated = List.copyOf(generated);
    }
}
