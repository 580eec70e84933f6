package dev.temper.text.template;

import dev.temper.text.Conversation;
import dev.temper.text.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Conversations to ids under one template and one tokenizer. Safe for any number of threads. */
public interface ConversationEncoder {
    /** The tokenizer with the roles and tokens the template wants. */
    Tokenizer tokenizer();

    /**
     * The conversation turn by turn, uncut. It must end with an answer.
     *
     * @param lastOnly whether only the last answer is to be learned: thoughts of earlier ones are then left out, as
     *     they are when the model is asked
     */
    List<Turn> turns(Conversation conversation, boolean lastOnly);

    /** The last answer and all before it, as inference and preference data want it. It must end with an answer. */
    Turn lastTurn(Conversation conversation);

    /** The ids after which a model is to answer. It must end with the user. */
    int[] prompt(Conversation conversation);

    /** Ids that end an answer. */
    int[] stopIds();

    /** Whether what is said holds control tokens, which are text here and markup in LLaMA-Factory. */
    boolean holdsControlTokens(Conversation conversation);

    /** The sample to learn from. */
    default Sample sample(Conversation conversation, EncodingOptions options) {
        return Samples.of(turns(conversation, options.maskHistory()), options);
    }

    /** Running text and the end of it, uncut; empty where the text has no tokens. */
    default int[] text(String text, EncodingOptions options) {
        int[] ids = options.controlTokensInText()
                ? tokenizer().encodeMarkup(text)
                : tokenizer().encode(text);
        OptionalInt end = tokenizer().eosId();
        if (ids.length == 0 || end.isEmpty()) {
            return ids;
        }
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = end.getAsInt();
        return ended;
    }

    /** A better and a worse answer to one prompt. The conversation must end with the user. */
    default PreferencePair pair(Conversation prompt, String chosen, String rejected, EncodingOptions options) {
        return Samples.pair(lastTurn(prompt.answeredWith(chosen)), lastTurn(prompt.answeredWith(rejected)), options);
    }
}
