package dev.temper.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuestionsTest {
    private static final String CHATML = "<|im_start|>user\n%s<|im_end|>\n<|im_start|>assistant\n";

    @Test
    void leavesTheMarkupAndAllThatWasSaidBeforeOut() {
        Questions questions = Questions.between(
                "<|im_start|>system\nBe kind.<|im_end|>\n" + CHATML.formatted("Zq1"),
                "<|im_start|>system\nBe kind.<|im_end|>\n" + CHATML.formatted("Zq1") + "Zq2<|im_end|>\n"
                        + CHATML.formatted("Zq3"));

        assertThat(questions.in("<|im_start|>system\nBe brief.<|im_end|>\n" + CHATML.formatted("Where is it?")))
                .isEqualTo("Where is it?");
        assertThat(questions.in("<|im_start|>system\nBe brief.<|im_end|>\n" + CHATML.formatted("Where?")
                        + "There.<|im_end|>\n" + CHATML.formatted("And then?\nTell me.")))
                .isEqualTo("And then?\nTell me.");
    }

    @Test
    void knowsTemplatesWithoutTurns() {
        Questions questions =
                Questions.between("<s>[INST] Zq1 [/INST]", "<s>[INST] Zq1 [/INST] Zq2</s>[INST] Zq3 [/INST]");

        assertThat(questions.in("<s>[INST] Where is it? [/INST]")).isEqualTo("Where is it?");
    }

    @Test
    void leavesAPromptWithOtherMarkupWhole() {
        Questions questions = Questions.between(CHATML.formatted("Zq1"), "Zq1 is not marked up Zq2 alike Zq3");

        assertThat(questions.in("User: Where is it?\nBot:")).isEqualTo("User: Where is it?\nBot:");
    }
}
