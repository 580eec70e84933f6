package dev.temper.trainer.data;

import dev.temper.contract.CodedException;
import dev.temper.contract.Compatibility;
import dev.temper.contract.DataSpec;
import dev.temper.contract.Stage;
import dev.temper.text.Conversation;
import dev.temper.text.template.ConversationEncoder;
import dev.temper.text.template.EncodingOptions;
import dev.temper.text.template.Sample;
import dev.temper.text.template.Verdict;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Turns mapped rows into tokens with labels, and decides which are worth training on. */
public final class SampleEncoder {
    private final ConversationEncoder encoder;
    private final DataSpec data;
    private final Stage stage;
    private final EncodingOptions options;
    private final boolean compatible;

    SampleEncoder(ConversationEncoder encoder, DataSpec data, Stage stage) {
        this.encoder = encoder;
        this.data = data;
        this.stage = stage;
        this.options = options(data);
        this.compatible = data.compatibility() == Compatibility.LLAMA_FACTORY;
    }

    /** How a spec wants conversations encoded. */
    public static EncodingOptions options(DataSpec data) {
        return new EncodingOptions(
                data.cutoffLen(),
                data.maskHistory(),
                data.trainOnPrompt(),
                data.enableThinking(),
                data.compatibility() == Compatibility.LLAMA_FACTORY);
    }

    Encoded encode(Mapped row) {
        try {
            return switch (row) {
                case Mapped.Skipped skipped -> new Encoded.Left(skipped.reason(), skipped.detail());
                case Mapped.Text text -> text(text.text());
                case Mapped.Talk talk -> talk(talk.conversation());
            };
        } catch (CodedException e) {
            Skip reason = e.code().equals("conversation_turn_empty") ? Skip.EMPTY : Skip.UNENCODABLE;
            return new Encoded.Left(reason, e.getMessage());
        }
    }

    private Encoded talk(Conversation said) {
        String told = data.defaultSystem();
        Conversation conversation =
                told != null && said.system().isEmpty() ? new Conversation(told, said.messages()) : said;
        if (stage == Stage.PRETRAIN) {
            return text(conversation.messages().getFirst().content());
        }
        if (!compatible) {
            conversation.requireText();
        }
        Sample sample = encoder.sample(conversation, options);
        if (!compatible) {
            @Nullable
            Skip reason = switch (Verdict.of(sample)) {
                case KEPT -> null;
                case NOTHING_TO_LEARN -> Skip.NOTHING_TO_LEARN;
                case PROMPT_TOO_LONG -> Skip.PROMPT_TOO_LONG;
            };
            if (reason != null) {
                return new Encoded.Left(reason, cut(sample));
            }
        }
        return new Encoded.Kept(sample, compatible && actsAsMarkup(conversation));
    }

    private boolean actsAsMarkup(Conversation conversation) {
        return encoder.holdsControlTokens(conversation)
                || conversation.messages().stream()
                        .anyMatch(message -> message.content().contains("{{idx}}"));
    }

    private static String cut(Sample sample) {
        Sample.Cut cut = sample.cut();
        return "%d tokens of the prompt, %d of the answer and %d turns don't fit"
                .formatted(cut.promptTokens(), cut.responseTokens(), cut.turns());
    }

    /** Running text and the end of it; joined or cut to the length of a block later on. */
    private Encoded text(String text) {
        int[] ids = encoder.text(text, options);
        if (ids.length == 0) {
            return new Encoded.Left(Skip.EMPTY, "no tokens");
        }
        boolean control = compatible && encoder.tokenizer().holdsControlTokens(text);
        int length = Math.min(ids.length, data.cutoffLen());
        if (data.packing() || length == ids.length) {
            return new Encoded.Kept(new Sample(ids, ids, Sample.Cut.NOTHING), control);
        }
        int[] head = Arrays.copyOf(ids, length);
        return new Encoded.Kept(new Sample(head, head, new Sample.Cut(0, ids.length - length, 0, 0)), control);
    }
}
