package dev.temper.trainer.run;

import dev.temper.contract.CodedException;
import dev.temper.contract.DataSpec;
import dev.temper.contract.Stage;
import dev.temper.text.template.ChatTemplates;
import dev.temper.text.template.ConversationEncoder;
import dev.temper.text.template.EncodingOptions;
import dev.temper.text.template.JinjaEncoder;
import dev.temper.text.template.TemplateEncoder;
import dev.temper.text.tokenizer.Tokenizer;
import dev.temper.trainer.data.SampleEncoder;
import java.time.Clock;

/** The encoder that a spec's template means for a model's tokenizer. */
final class Encoders {
    private Encoders() {}

    static ConversationEncoder of(DataSpec data, Stage stage, Tokenizer tokenizer) {
        EncodingOptions options = SampleEncoder.options(data);
        if (!data.template().equals("auto")) {
            return TemplateEncoder.of(ChatTemplates.require(data.template()), tokenizer, options);
        }
        if (tokenizer.chatTemplate().isPresent()) {
            return JinjaEncoder.of(tokenizer, options, Clock.systemUTC());
        }
        if (stage == Stage.PRETRAIN) {
            return TemplateEncoder.of(ChatTemplates.require("empty"), tokenizer, options);
        }
        throw CodedException.user(
                "template_missing",
                "The model has no chat template of its own, and the spec names none.",
                "Set template to that of the model's family, such as chatml, llama3 or qwen.");
    }
}
