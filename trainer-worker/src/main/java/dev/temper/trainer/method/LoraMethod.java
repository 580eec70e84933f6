package dev.temper.trainer.method;

import dev.temper.contract.MethodSpec;
import dev.temper.model.DecoderModule;
import dev.temper.model.TrainedModules;
import dev.temper.model.family.LayerModule;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.ParameterSet;
import dev.temper.trainer.model.ParameterSet.Learning;
import dev.temper.trainer.model.ParameterSet.Slice;
import dev.temper.trainer.model.ProjectionGroup;
import dev.temper.trainer.model.RunSeed;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Low-rank adapters beside frozen projections (LoRA, Hu et al., 2021), with rsLoRA's scale (Kalajdzievski, 2023),
 * DoRA's magnitudes (Liu et al., 2024) and LoRA+'s rates (Hayou et al., 2024). Names are PEFT's.
 */
public final class LoraMethod implements Method<MethodSpec.Lora> {
    private static final String PREFIX = "base_model.model.";

    @Override
    public Class<MethodSpec.Lora> settings() {
        return MethodSpec.Lora.class;
    }

    @Override
    public void attach(Decoder decoder, MethodSpec.Lora settings, long seed) {
        TrainedModules trained = TrainedModules.of(decoder.config(), settings);
        Map<Integer, List<DecoderModule>> byLayer = trained.adapted().stream()
                .collect(Collectors.groupingBy(DecoderModule::layer, TreeMap::new, Collectors.toList()));
        byLayer.forEach((layer, modules) -> adapt(decoder, layer, modules, settings, seed));
        trained.whole().forEach(module -> decoder.train(module, PREFIX));
    }

    private static void adapt(
            Decoder decoder, int layer, List<DecoderModule> modules, MethodSpec.Lora settings, long seed) {
        ParameterSet parameters = decoder.layer(layer);
        List<DecoderModule> alone = new ArrayList<>(modules);
        // A's of projections with the same input lie in one tensor, so that they cost one product. Dropout gives each
        // its
        // own input, and then nothing is shared.
        for (ProjectionGroup group : ProjectionGroup.ALL) {
            List<DecoderModule> members = modules.stream()
                    .filter(module -> group.has(module.module()))
                    .toList();
            if (members.size() > 1 && members.size() == group.roles().size() && settings.dropout() == 0) {
                stack(decoder, parameters, group.key(), members, settings, seed);
                alone.removeAll(members);
            }
        }
        alone.forEach(module -> {
            Tensor a = down(decoder, module, settings, seed);
            parameters.train(module.module().role() + ".lora_A", name(module, "lora_A.weight"), a, plain(decoder));
        });
        modules.forEach(module -> complete(decoder, parameters, module, settings));
    }

    private static void stack(
            Decoder decoder,
            ParameterSet parameters,
            String group,
            List<DecoderModule> members,
            MethodSpec.Lora settings,
            long seed) {
        int rank = settings.rank();
        Tensor whole = decoder.kernels()
                .empty(
                        DType.FLOAT32,
                        (long) rank * members.size(),
                        members.getFirst().module().inputs());
        List<Slice> slices = new ArrayList<>();
        for (DecoderModule member : members) {
            long from = (long) rank * slices.size();
            try (Tensor a = down(decoder, member, settings, seed);
                    Tensor place = whole.rows(from, from + rank)) {
                place.assign(a);
            }
            slices.add(new Slice(member.module().role() + ".lora_A", name(member, "lora_A.weight"), from, from + rank));
        }
        parameters.trainTogether(group + ".lora_A", whole, plain(decoder), slices);
    }

    /** A, [rank, inputs]: Kaiming-uniform with a = √5, as PEFT begins, which is uniform within 1/√inputs. */
    private static Tensor down(Decoder decoder, DecoderModule module, MethodSpec.Lora settings, long seed) {
        LayerModule shape = module.module();
        int rank = settings.rank();
        double bound = 1 / Math.sqrt(shape.inputs());
        Kernels kernels = decoder.kernels();
        try (Tensor like = kernels.empty(DType.FLOAT32, rank, shape.inputs())) {
            return kernels.tensor("uniform", like, -bound, bound, RunSeed.of(seed, module.name()));
        }
    }

    /** B begins at zero, so that nothing changes before the first step; DoRA's magnitudes are the norms there are. */
    private static void complete(
            Decoder decoder, ParameterSet parameters, DecoderModule module, MethodSpec.Lora settings) {
        LayerModule shape = module.module();
        String role = shape.role();
        Kernels kernels = decoder.kernels();
        Double ratio = settings.loraplusLrRatio();
        parameters.number(role + ".lora_scale", settings.scale());
        parameters.number(role + ".lora_dropout", settings.dropout());
        parameters.train(
                role + ".lora_B",
                name(module, "lora_B.weight"),
                kernels.zeros(DType.FLOAT32, shape.outputs(), settings.rank()),
                plain(decoder).atRate(ratio == null ? 1 : ratio));
        if (settings.useDora()) {
            parameters.freeze(role + ".weight_square", kernels.tensor("row_squares", parameters.get(role + ".weight")));
            parameters.train(
                    role + ".dora_magnitude",
                    name(module, "lora_magnitude_vector"),
                    kernels.tensor("square_root", parameters.get(role + ".weight_square")),
                    Learning.plain(DType.FLOAT32));
        }
    }

    private static Learning plain(Decoder decoder) {
        return Learning.plain(decoder.precision());
    }

    private static String name(DecoderModule module, String part) {
        return PREFIX + module.name() + "." + part;
    }
}
