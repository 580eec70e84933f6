package dev.temper.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackedBatchTest {
    @Test
    void whatFillsItUpIsASequenceOfItsOwnThatTeachesNothing() {
        int[] tokens = {7, 8, 9, 4, 5};
        PackedBatch batch = new PackedBatch(tokens, tokens, new int[] {0, 3, 5});

        PackedBatch filled = batch.filledTo(4);

        assertThat(filled.tokens()).startsWith(tokens).hasSize(8);
        assertThat(filled.segmentStarts()).containsExactly(0, 3, 5, 8);
        assertThat(filled.supervised()).isEqualTo(batch.supervised());
        assertThat(filled.labelled()).isEqualTo(batch.labelled());
        assertThat(filled.filledTo(4)).isSameAs(filled);
    }
}
