package dev.temper.trainer.model;

import dev.temper.model.family.LayerModule;
import java.util.List;

/**
 * Projections of a layer that read the same input.
 *
 * @param key what keys of what they share begin with: {@code attention.lora_A}
 * @param roles theirs, in the order of their outputs
 */
public record ProjectionGroup(String key, List<String> roles) {
    /** Those of every layer. */
    public static final List<ProjectionGroup> ALL = List.of(
            new ProjectionGroup("attention", List.of("q_proj", "k_proj", "v_proj")),
            new ProjectionGroup("output", List.of("o_proj")),
            new ProjectionGroup("feedforward", List.of("gate_proj", "up_proj")),
            new ProjectionGroup("down", List.of("down_proj")));

    public ProjectionGroup {
        roles = List.copyOf(roles);
    }

    public boolean has(LayerModule module) {
        return roles.contains(module.role());
    }
}
