package dev.temper.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttentionSpansTest {
    @Test
    void aSequenceIsOneSpanUnlessAWindowIsMuchNarrower() {
        assertThat(AttentionSpans.of(new int[] {0, 5, 9}, 0)).containsExactly(0, 5, 0, 5, 9, 5);
        assertThat(AttentionSpans.of(new int[] {0, 5, 9}, 5)).containsExactly(0, 5, 0, 5, 9, 5);
        assertThat(AttentionSpans.of(new int[] {0, 100}, 8)).containsExactly(0, 100, 0);
    }

    @Test
    void blocksHaveTheKeysTheirFirstQuerySees() {
        assertThat(AttentionSpans.of(new int[] {0, 3, 303}, 10))
                .containsExactly(0, 3, 0, 3, 131, 3, 131, 259, 122, 259, 303, 250);
        assertThat(AttentionSpans.of(new int[] {0, 1000}, 400)).containsExactly(0, 400, 0, 400, 800, 1, 800, 1000, 401);
    }
}
