package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.temper.data.learn.Loss;
import dev.temper.data.learn.RenderedRow;
import dev.temper.data.learn.TokenStatistics;
import dev.temper.data.recipe.Recipe;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class TokenCountsTest {
    private static final String SHORT = "{\"instruction\":\"a\",\"output\":\"b\"}\n";
    private static final String LONG_ANSWER =
            "{\"instruction\":\"a\",\"output\":\"%s\"}\n".formatted("word ".repeat(300));
    private static final String LONG_QUESTION =
            "{\"instruction\":\"%s\",\"output\":\"b\"}\n".formatted("word ".repeat(300));

    @Autowired
    private World world;

    @Autowired
    private TokenCounts counts;

    @Autowired
    private Imports imports;

    @Autowired
    private Datasets datasets;

    @Autowired
    private Blobs blobs;

    @Autowired
    private Cursors cursors;

    private Inhabitant ours;

    @BeforeEach
    void tenant() {
        ours = world.owner();
    }

    @Test
    void everyRowAndEveryTokenIsAccountedForAtAnyCutoff() {
        UUID version = version(SHORT + LONG_ANSWER + LONG_QUESTION);
        for (int cutoff : new int[] {8, 64, 512, 100_000}) {
            TokenCountView counted = count(version, cutoff);
            TokenStatistics all = Objects.requireNonNull(counted.statistics());
            assertThat(counted.state()).isEqualTo(TokenCountState.DONE);
            assertThat(all.whole() + all.cut() + all.leftOutRows())
                    .isEqualTo(all.rows())
                    .isEqualTo(3);
            assertThat(all.usedTokens() + all.lostTokens()).isEqualTo(all.tokens());
            assertThat(count(version, cutoff).statistics()).as("shown again").isEqualTo(all);
        }
        assertThat(Objects.requireNonNull(count(version, 100_000).statistics()).lostTokens())
                .isZero();
    }

    @Test
    void theRowsThatACutoffTouchesCanBeSeenAlone() {
        UUID version = version(SHORT + LONG_ANSWER + LONG_QUESTION + SHORT);
        TokenStatistics all = Objects.requireNonNull(count(version, 64).statistics());
        assertThat(all.affected()).isEqualTo(2);

        assertThat(preview(version, Why.TRUNCATED).items())
                .extracting(PreviewRow::number)
                .containsExactly(2L, 3L);
        assertThat(preview(version, Why.LEFT_OUT).items())
                .extracting(PreviewRow::number)
                .containsExactly(3L);
        assertThat(preview(version, Why.ENDLESS).items())
                .extracting(PreviewRow::number)
                .containsExactly(2L);
        assertThat(preview(version, Why.ALL).items()).hasSize(4);
    }

    @Test
    void aRowIsShownAsTheModelReadsIt() {
        UUID version = version(SHORT + LONG_ANSWER);
        List<PreviewRow> rows = preview(version, Why.ALL).items();

        RenderedRow whole = rows.getFirst().row();
        assertThat(text(whole)).isEqualTo("<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\nb<|im_end|>\n");
        assertThat(whole.segments())
                .filteredOn(segment -> segment.kind() == RenderedRow.Kind.LEARNED)
                .extracting(RenderedRow.Segment::text)
                .containsExactly("b", "<|im_end|>", "\n");
        RenderedRow cut = rows.getLast().row();
        assertThat(cut.kept()).isEqualTo(64);
        assertThat(cut.segments().stream()
                        .filter(segment -> segment.kind() == RenderedRow.Kind.CUT)
                        .mapToInt(RenderedRow.Segment::tokens)
                        .sum())
                .isEqualTo(cut.tokens() - 64);
        assertThat(text(cut)).contains("word word");

        List<PreviewRow> lost = preview(version(LONG_QUESTION), Why.ALL).items();
        RenderedRow leftOut = lost.getFirst().row();
        assertThat(leftOut.loss()).isEqualTo(Loss.PROMPT_TOO_LONG);
        assertThat(leftOut.segments()).noneMatch(segment -> segment.kind() == RenderedRow.Kind.LEARNED);
    }

    @Test
    void aLargeVersionIsCountedInTheBackground() {
        UUID version = version(LONG_ANSWER.repeat(250));
        TokenCountView first = count(version, 64);
        assertThat(first.rows()).isEqualTo(250);
        await().atMost(Duration.ofSeconds(20)).until(() -> count(version, 64).state() == TokenCountState.DONE);
        assertThat(Objects.requireNonNull(count(version, 64).statistics()).cut())
                .isEqualTo(250);
    }

    @Test
    void whatIsNotThereIsRefused() {
        UUID version = version(SHORT);
        assertThatThrownBy(() -> ours.does(() -> counts.of(version, new Measure("../text", null, 64))))
                .hasMessageContaining("no base model");
        assertThatThrownBy(() -> ours.does(() -> counts.of(version, new Measure(null, "none", 64))))
                .hasMessageContaining("no chat template");
        assertThatThrownBy(() -> ours.does(() -> counts.of(version, new Measure(null, null, 0))))
                .hasMessageContaining("cutoff");
        assertThatThrownBy(() -> preview(version, Why.TRUNCATED)).hasMessageContaining("tokens_not_counted");
        Inhabitant stranger = world.owner();
        assertThatThrownBy(() -> stranger.does(() -> counts.of(version, new Measure(null, null, 64))))
                .hasMessageContaining("not_found");
        assertThatThrownBy(() ->
                        stranger.does(() -> counts.preview(version, new Measure(null, null, 64), Why.ALL, page())))
                .hasMessageContaining("not_found");
    }

    @Test
    void countsGoWithTheirDataset() {
        UUID version = version(SHORT);
        count(version, 64);
        VersionView view = ours.does(() -> datasets.version(version));
        long number = ours.does(() -> datasets.get(view.dataset())).version();
        ours.does(() -> {
            datasets.delete(view.dataset(), new IfMatch(List.of(number)));
            return true;
        });
        assertThatThrownBy(() -> count(version, 64)).hasMessageContaining("not_found");
    }

    private static String text(RenderedRow row) {
        StringBuilder text = new StringBuilder();
        row.segments().forEach(segment -> text.append(segment.text()));
        return text.toString();
    }

    private TokenCountView count(UUID version, int cutoff) {
        return ours.does(() -> counts.of(version, new Measure("temper-mini", "chatml", cutoff)));
    }

    private Page<PreviewRow> preview(UUID version, Why why) {
        return ours.does(() -> counts.preview(version, new Measure("temper-mini", "chatml", 64), why, page()));
    }

    private PageQuery page() {
        return cursors.query(10, null, "test");
    }

    private UUID version(String lines) {
        Blob blob = ours.does(() -> blobs.store(out -> out.write(lines.getBytes(StandardCharsets.UTF_8))));
        ImportView started =
                ours.does(() -> imports.start(new Imports.Wanted(null, null, "rows.jsonl", blob, null, Recipe.EMPTY)));
        await().atMost(Duration.ofSeconds(15))
                .until(() -> ours.does(() -> imports.get(started.id())).state().over());
        return Objects.requireNonNull(ours.does(() -> imports.get(started.id())).resultVersion());
    }
}
