package dev.temper.platform.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CursorsTest {
    private final Cursors cursors = new Cursors(new DerivedKeys(""));

    @Test
    void anyKeyComesBackAsItWas() {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            Object[] values = IntStream.range(0, random.nextInt(5))
                    .mapToObj(i -> text(random))
                    .toArray();
            assertThat(reopened(Keyset.of(values)).values()).isEqualTo(Arrays.asList(values));
        }
    }

    @Test
    void everyChangedByteIsNoticed() {
        String cursor = seal(Keyset.of("a", 7));
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 0x10;
            String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThatThrownBy(() -> cursors.query(10, forged, "list")).isInstanceOf(Problem.class);
            byte[] cut = Arrays.copyOf(bytes, i);
            String shorter = Base64.getUrlEncoder().withoutPadding().encodeToString(cut);
            assertThatThrownBy(() -> cursors.query(10, shorter, "list")).isInstanceOf(Problem.class);
        }
    }

    @Test
    void anotherPlatformsOrListsCursorIsRefused() {
        String cursor = seal(Keyset.of(1));
        assertThatThrownBy(() -> new Cursors(new DerivedKeys("")).query(10, cursor, "list"))
                .hasMessageContaining("cursor_unreadable");
        assertThatThrownBy(() -> cursors.query(10, cursor, "other list")).hasMessageContaining("cursor_of_other_list");
    }

    @Test
    void pagesOfAnySizeShowEveryRowOnce() {
        List<Integer> all = IntStream.range(0, 23).boxed().toList();
        for (int limit = 1; limit <= 25; limit++) {
            List<Integer> seen = new ArrayList<>();
            String next = null;
            do {
                PageQuery query = cursors.query(limit, next, "list");
                int after = query.after().map(last -> (int) last.number(0)).orElse(-1);
                Page<Integer> page = query.slice(
                        all.stream().filter(n -> n > after).limit(query.fetch()).toList(), Keyset::of);
                assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
                seen.addAll(page.items());
                next = page.next();
            } while (next != null);
            assertThat(seen).isEqualTo(all);
        }
    }

    private Keyset reopened(Keyset keyset) {
        return cursors.query(10, seal(keyset), "list").after().orElseThrow();
    }

    private String seal(Keyset keyset) {
        PageQuery query = cursors.query(1, null, "list");
        return Objects.requireNonNull(query.slice(List.of(1, 2), _ -> keyset).next());
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 1, 0xd000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
