package dev.temper.model.family;

/**
 * One module of a layer: a linear projection, or a norm.
 *
 * @param role what kernels call it, the same in all families: {@code q_proj}, {@code attention_norm}
 * @param name what Hugging Face calls it below the layer: {@code self_attn.q_proj}, {@code input_layernorm}
 * @param outputs rows of its weight; of a norm, its width
 * @param inputs columns of its weight; 0 for a norm, whose weight is a vector
 */
public record LayerModule(String role, String name, int outputs, int inputs, boolean bias) {
    static LayerModule projection(String role, String block, int outputs, int inputs, boolean bias) {
        return new LayerModule(role, block + "." + role, outputs, inputs, bias);
    }

    static LayerModule norm(String role, String name, int width) {
        return new LayerModule(role, name, width, 0, false);
    }

    public boolean isNorm() {
        return inputs == 0;
    }

    /** Whether it belongs to attention rather than the feed-forward. */
    public boolean inAttention() {
        return name.startsWith("self_attn.") || role.startsWith("attention_");
    }

    /** The last part of its name, which users know it by: {@code q_proj}. */
    public String shortName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    public long[] weightShape() {
        return isNorm() ? new long[] {outputs} : new long[] {outputs, inputs};
    }
}
