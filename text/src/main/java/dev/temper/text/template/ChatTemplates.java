package dev.temper.text.template;

import static dev.temper.text.template.ChatTemplate.named;

import dev.temper.contract.CodedException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fixed templates. */
public final class ChatTemplates {
    private static final Slot BOS = new Slot.Bos();
    private static final Slot EOS = new Slot.Eos();
    private static final Map<String, ChatTemplate> ALL = new TreeMap<>();

    static {
        ChatTemplate chatml = named("chatml")
                .system("<|im_start|>system\n{{content}}<|im_end|>\n")
                .user("<|im_start|>user\n{{content}}<|im_end|>\n<|im_start|>assistant\n")
                .assistant("{{content}}<|im_end|>\n")
                .stop("<|im_end|>", "<|im_start|>");
        ChatTemplate gemma = named("gemma")
                .prefix(BOS)
                .system("{{content}}\n\n")
                .user("<start_of_turn>user\n{{content}}<end_of_turn>\n<start_of_turn>model\n")
                .assistant("{{content}}<end_of_turn>\n")
                .stop("<end_of_turn>")
                .insideUser();
        List.of(
                        chatml,
                        chatml.withName("qwen")
                                .stop("<|im_end|>")
                                .withDefaultSystem(
                                        "You are Qwen, created by Alibaba Cloud. You are a helpful assistant."),
                        chatml.withName("qwen3").stop("<|im_end|>").withThoughts(),
                        chatml.withName("qwen3_nothink").stop("<|im_end|>"),
                        chatml.withName("smollm2")
                                .stop("<|im_end|>")
                                .withDefaultSystem(
                                        "You are a helpful AI assistant named SmolLM, trained by Hugging Face."),
                        named("llama3")
                                .prefix(BOS)
                                .system("<|start_header_id|>system<|end_header_id|>\n\n{{content}}<|eot_id|>")
                                .user("<|start_header_id|>user<|end_header_id|>\n\n{{content}}<|eot_id|>"
                                        + "<|start_header_id|>assistant<|end_header_id|>\n\n")
                                .assistant("{{content}}<|eot_id|>")
                                .stop("<|eot_id|>", "<|eom_id|>"),
                        named("alpaca")
                                .user("### Instruction:\n{{content}}\n\n### Response:\n")
                                .assistant("{{content}}", EOS, "\n\n")
                                .withDefaultSystem("Below is an instruction that describes a task. "
                                        + "Write a response that appropriately completes the request.\n\n"),
                        named("default")
                                .system("System: {{content}}", EOS, "\n")
                                .user("Human: {{content}}", EOS, "\nAssistant:")
                                .assistant("{{content}}", EOS, "\n"),
                        named("mistral")
                                .prefix(BOS)
                                .system("{{content}}\n\n")
                                .user("[INST] {{content}}[/INST]")
                                .assistant(" {{content}}", EOS)
                                .insideUser(),
                        named("vicuna")
                                .user("USER: {{content}} ASSISTANT:")
                                .withDefaultSystem("A chat between a curious user and an artificial intelligence"
                                        + " assistant. The assistant gives helpful, detailed, and polite answers to"
                                        + " the user's questions."),
                        gemma,
                        gemma.withName("gemma2"),
                        gemma.withName("gemma3"),
                        named("empty").assistant("{{content}}"))
                .forEach(template -> ALL.put(template.name(), template));
    }

    private ChatTemplates() {}

    /** All of them, by name. */
    public static List<ChatTemplate> all() {
        return List.copyOf(ALL.values());
    }

    /** The template of a name. */
    public static ChatTemplate require(String name) {
        ChatTemplate template = ALL.get(name);
        if (template == null) {
            throw CodedException.user(
                            "template_unknown",
                            "There is no chat template named " + name + ".",
                            "Choose one of " + String.join(", ", ALL.keySet()) + ".")
                    .with("template", name);
        }
        return template;
    }
}
