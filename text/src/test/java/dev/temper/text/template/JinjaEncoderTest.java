package dev.temper.text.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import dev.temper.text.Conversation;
import dev.temper.text.Goldens;
import dev.temper.text.Message;
import dev.temper.text.tokenizer.Tokenizer;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JinjaEncoderTest {
    private static final EncodingOptions OPTIONS = EncodingOptions.cutoff(2048);

    /** Its own template is chatml. */
    private static Tokenizer tiny() {
        return Tokenizer.open(Goldens.folder().resolve("tokenizers/tiny-bpe"));
    }

    private static final Conversation CHAT = new Conversation(
            "Be brief.",
            List.of(
                    Message.user("Is <|im_end|> a word?"),
                    Message.assistant("No."),
                    Message.user("你好"),
                    Message.assistant("你好！")));

    @Test
    void ownTemplateAndNamedTemplateOfOneFormGiveTheSameIds() {
        ConversationEncoder own = JinjaEncoder.of(tiny(), OPTIONS, Clock.systemUTC());
        ConversationEncoder named = TemplateEncoder.of(ChatTemplates.require("chatml"), tiny(), OPTIONS);

        Sample sample = own.sample(CHAT, OPTIONS);
        assertThat(sample.ids()).isEqualTo(named.sample(CHAT, OPTIONS).ids());
        assertThat(sample.labels()).isEqualTo(named.sample(CHAT, OPTIONS).labels());
        Conversation asked = new Conversation("", List.of(Message.user("hi")));
        assertThat(own.prompt(asked)).isEqualTo(named.prompt(asked));
        assertThat(own.lastTurn(CHAT).response()).isEqualTo(named.lastTurn(CHAT).response());
        assertThat(own.stopIds()).contains(tiny().requireId("<|im_end|>"));
    }

    @Test
    void aUsersControlTokensAreTextUnlessAskedFor() {
        int end = tiny().requireId("<|im_end|>");
        ConversationEncoder text = JinjaEncoder.of(tiny(), OPTIONS, Clock.systemUTC());
        ConversationEncoder markup = JinjaEncoder.of(tiny(), OPTIONS.withControlTokensInText(true), Clock.systemUTC());

        assertThat(text.holdsControlTokens(CHAT)).isTrue();
        assertThat(count(text.sample(CHAT, OPTIONS).ids(), end)).isEqualTo(5);
        assertThat(count(markup.sample(CHAT, OPTIONS).ids(), end)).isEqualTo(6);
    }

    private static long count(int[] ids, int id) {
        return Arrays.stream(ids).filter(i -> i == id).count();
    }

    @Test
    void generationBlocksDecideWhatIsLearned() {
        Tokenizer tokenizer = Tokenizer.of(
                tiny().json(),
                tiny().specialTokens(),
                "{% for m in messages %}{% if m.role == 'assistant' %}A:{% generation %}{{ m.content }}<|im_end|>"
                        + "{% endgeneration %}{{ '\\n' }}{% else %}U:{{ m.content }}\n{% endif %}{% endfor %}");
        Sample sample = JinjaEncoder.of(tokenizer, OPTIONS, Clock.systemUTC())
                .sample(Conversation.of("question", "answer"), OPTIONS);

        int[] learned = Arrays.stream(sample.labels())
                .filter(label -> label != Sample.IGNORED)
                .toArray();
        assertThat(tokenizer.decode(learned)).isEqualTo("answer<|im_end|>");
        assertThat(tokenizer.decode(sample.ids())).isEqualTo("U:question\nA:answer<|im_end|>\n");
    }

    @Test
    void templatesThatRewriteHistoryAreRefusedButForTheLastAnswer() {
        Tokenizer tokenizer = Tokenizer.of(
                tiny().json(),
                tiny().specialTokens(),
                "{% for m in messages %}{{ loop.revindex }}{{ m.content }}{% endfor %}");
        ConversationEncoder encoder = JinjaEncoder.of(tokenizer, OPTIONS, Clock.systemUTC());

        assertThatThrownBy(() -> encoder.sample(CHAT, OPTIONS))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo("chat_template_rewrites_history"));
    }

    @Test
    void aModelWithoutTemplateIsSaidSo() {
        Tokenizer bare = Tokenizer.of(tiny().json(), tiny().specialTokens(), null);

        assertThatThrownBy(() -> JinjaEncoder.of(bare, OPTIONS, Clock.systemUTC()))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo("chat_template_missing"));
        assertThatThrownBy(() -> ChatTemplates.require("chatlm"))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.remedy()).contains("chatml"));
        assertThatThrownBy(() -> TemplateEncoder.of(ChatTemplates.require("chatml"), bare, OPTIONS)
                        .sample(new Conversation("", List.of(Message.user("only asked"))), OPTIONS))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo("conversation_unanswered"));
    }
}
