package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.dataset.DatasetTags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** DatasetTags, lineage, deleting and putting away. */
@PlatformTest
class VersionKeepingTest {
    @Autowired
    private World world;

    @Autowired
    private Datasets datasets;

    @Autowired
    private Versions versions;

    @Autowired
    private Edits edits;

    @Autowired
    private DatasetTags tags;

    @Autowired
    private Lineages lineages;

    @Autowired
    private Deletions deletions;

    @Autowired
    private TransactionTemplate transaction;

    private Inhabitant ours;
    private UUID dataset;
    private VersionView first;
    private VersionView second;

    @BeforeEach
    void twoVersions() {
        ours = world.owner();
        dataset = ours.does(() -> datasets.create("faq").id());
        first = ours.does(this::written);
        second = ours.does(
                () -> edits.make(new Edits.Wanted(first.id(), List.of(new RowEdit(1, null)), List.of(), "", false)));
    }

    private VersionView written() {
        try (VersionWriter writer = versions.write()) {
            writer.add(Row.text(Place.of("a.txt", 1), "one"));
            writer.add(Row.text(Place.of("a.txt", 2), "two"));
            Versions.Finished finished = versions.finish(writer);
            return Objects.requireNonNull(transaction.execute(
                    _ -> datasets.add(finished, new Versions.Origin(dataset, null, null, null, "[]", "a.txt"))));
        }
    }

    @Test
    void aTagPointsAtOneVersionAndCanBeMoved() {
        put("reviewed", first);
        Tag moved = put("reviewed", second);

        assertThat(moved.number()).isEqualTo(2);
        assertThat(ours.does(() -> tags.of(dataset))).extracting(Tag::name).containsExactly("reviewed");
        assertThat(ours.does(() -> datasets.version(second.id())).tags()).containsExactly("reviewed");
        assertThat(ours.does(() -> datasets.version(first.id())).tags()).isEmpty();
        assertThatThrownBy(() -> ours.does(() -> tags.put(dataset, "x", first.id(), new IfMatch(List.of(0L)))))
                .hasMessageContaining("edit_conflict");
        assertThatThrownBy(() -> world.owner().does(() -> tags.of(dataset))).hasMessageContaining("not_found");
    }

    @Test
    void aVersionThatIsNeededStaysAndOneThatIsNotGoesWithoutItsChildren() {
        put("reviewed", first);
        assertThatThrownBy(() -> delete(first)).hasMessageContaining("dataset_version_in_use");

        ours.does(() -> {
            tags.remove(dataset, "reviewed", expected());
            return true;
        });
        delete(first);

        assertThatThrownBy(() -> ours.does(() -> datasets.version(first.id()))).hasMessageContaining("not_found");
        assertThat(ours.does(() -> datasets.row(second.id(), 1)).row().text()).isEqualTo("two");
        Lineage lineage = ours.does(() -> lineages.of(second.id()));
        assertThat(lineage.line()).extracting(Lineage.Link::number).containsExactly(1, 2);
        assertThat(lineage.line()).extracting(Lineage.Link::deleted).containsExactly(true, false);

        VersionView third =
                ours.does(() -> edits.make(new Edits.Wanted(second.id(), List.of(), List.of(row("new")), "", false)));
        delete(third);
        VersionView fourth =
                ours.does(() -> edits.make(new Edits.Wanted(second.id(), List.of(), List.of(row("other")), "", false)));
        assertThat(fourth.number()).as("a number is never used twice").isEqualTo(4);
    }

    @Test
    void nothingIsAddedToADatasetThatIsPutAway() {
        ours.does(() -> datasets.change(dataset, new DatasetChange(null, null, null, true), expected()));
        Edits.Wanted more = new Edits.Wanted(second.id(), List.of(), List.of(row("new")), "", false);

        assertThatThrownBy(() -> ours.does(() -> edits.make(more))).hasMessageContaining("dataset_archived");
        ours.does(() -> datasets.change(dataset, new DatasetChange(null, null, null, false), expected()));
        assertThat(ours.does(() -> edits.make(more)).rows()).isEqualTo(2);
    }

    private Tag put(String name, VersionView version) {
        return ours.does(() -> tags.put(dataset, name, version.id(), expected()));
    }

    private void delete(VersionView version) {
        ours.does(() -> {
            deletions.version(version.id());
            return true;
        });
    }

    private IfMatch expected() {
        return new IfMatch(List.of(datasets.get(dataset).version()));
    }

    private static Row row(String text) {
        return Row.text(Place.of("", 0), text);
    }
}
