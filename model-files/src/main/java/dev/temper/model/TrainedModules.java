package dev.temper.model;

import dev.temper.contract.CodedException;
import dev.temper.contract.MethodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which modules of a decoder a method trains. A name that means none of them, or a number that does not go with the
 * model's sizes, is refused here, and so before anything is loaded.
 *
 * @param whole those whose own weights learn
 * @param adapted those that stay as they are and learn by something beside them
 * @param added parameters of what is beside them
 */
public record TrainedModules(List<DecoderModule> whole, List<DecoderModule> adapted, long added) {
    public TrainedModules {
        whole = List.copyOf(whole);
        adapted = List.copyOf(adapted);
    }

    public static TrainedModules of(DecoderConfig config, MethodSpec method) {
        List<DecoderModule> all = DecoderModule.all(config);
        return switch (method) {
            case MethodSpec.Full _ -> new TrainedModules(all, List.of(), 0);
            case MethodSpec.Lora lora -> lora(all, lora);
            case MethodSpec.Partial partial -> new TrainedModules(partial(config, all, partial), List.of(), 0);
            case MethodSpec.Ia3 _ -> ia3(all);
        };
    }

    private static TrainedModules lora(List<DecoderModule> all, MethodSpec.Lora settings) {
        List<DecoderModule> projections =
                all.stream().filter(DecoderModule::isProjection).toList();
        List<DecoderModule> adapted =
                settings.target().contains("all") ? projections : named(projections, settings.target(), "target");
        long added = 0;
        for (DecoderModule module : adapted) {
            requireRank(module, settings.rank());
            int outputs = module.module().outputs();
            added += (long) settings.rank() * (module.module().inputs() + outputs) + (settings.useDora() ? outputs : 0);
        }
        return new TrainedModules(named(all, settings.additionalTarget(), "additionalTarget"), adapted, added);
    }

    /** Those of the modules that one of the names means, in their order. */
    private static List<DecoderModule> named(List<DecoderModule> among, List<String> names, String key) {
        for (String name : names) {
            if (among.stream().noneMatch(module -> module.isNamed(name))) {
                throw CodedException.user(
                                "lora_target_unknown",
                                "The " + key + " \"" + name + "\" matches no module that can have an adapter.",
                                "Give " + (key.equals("target") ? "all, or " : "") + "some of " + names(among) + ".")
                        .with("target", name);
            }
        }
        return among.stream()
                .filter(module -> names.stream().anyMatch(module::isNamed))
                .toList();
    }

    private static void requireRank(DecoderModule module, int rank) {
        int most = Math.min(module.module().inputs(), module.module().outputs());
        if (rank > most) {
            throw CodedException.user(
                            "lora_rank_too_high",
                            "The rank is %d, and %s has only %d dimensions.".formatted(rank, module.name(), most),
                            "Give a rank of at most " + most + "; 8 to 64 is usual.")
                    .with("rank", rank);
        }
    }

    private static List<DecoderModule> partial(
            DecoderConfig config, List<DecoderModule> all, MethodSpec.Partial settings) {
        int layers = config.layers();
        int wanted = settings.freezeTrainableLayers();
        if (Math.abs(wanted) > layers) {
            throw CodedException.user(
                    "partial_layers_too_many",
                    Math.abs(wanted) + " layers are to be trained, the model has " + layers + ".",
                    "Give freezeTrainableLayers at most " + layers + ".");
        }
        List<DecoderModule> inside = all.stream()
                .filter(DecoderModule::inLayer)
                .filter(module -> wanted > 0 ? module.layer() >= layers - wanted : module.layer() < -wanted)
                .toList();
        List<DecoderModule> chosen = new ArrayList<>();
        if (wanted != 0 && !settings.freezeTrainableModules().contains("all")) {
            settings.freezeTrainableModules().forEach(name -> chosen.addAll(meant(inside, name)));
        } else {
            chosen.addAll(inside);
        }
        List<DecoderModule> outside =
                all.stream().filter(Predicate.not(DecoderModule::inLayer)).toList();
        settings.freezeExtraModules().forEach(name -> chosen.addAll(meant(outside, name)));
        return chosen.stream().distinct().toList();
    }

    /** Modules by their own name, or all of a block such as {@code mlp}. */
    private static List<DecoderModule> meant(List<DecoderModule> among, String name) {
        List<DecoderModule> meant = among.stream()
                .filter(module -> module.isNamed(name) || module.module().name().startsWith(name + "."))
                .toList();
        if (meant.isEmpty()) {
            throw CodedException.user(
                            "partial_module_unknown",
                            "No module to train is called \"" + name + "\".",
                            "Give some of " + names(among) + ".")
                    .with("module", name);
        }
        return meant;
    }

    private static String names(List<DecoderModule> among) {
        return among.stream()
                .map(module -> module.module().shortName())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static TrainedModules ia3(List<DecoderModule> all) {
        List<DecoderModule> adapted = new ArrayList<>();
        long added = 0;
        for (DecoderModule module : all) {
            switch (module.module().role()) {
                case "k_proj", "v_proj" -> {
                    adapted.add(module);
                    added += module.module().outputs();
                }
                case "down_proj" -> {
                    adapted.add(module);
                    added += module.module().inputs();
                }
                default -> {}
            }
        }
        return new TrainedModules(List.of(), adapted, added);
    }

    /** Parameters of the model that learn. */
    public long ofModel() {
        return whole.stream().mapToLong(DecoderModule::parameters).sum();
    }

    /** Everything that learns. */
    public long parameters() {
        return ofModel() + added;
    }

    /** Layers at the bottom that learn nothing and have nothing below them that does. */
    public int frozenLayers(DecoderConfig config) {
        int lowest = Stream.concat(whole.stream(), adapted.stream())
                .mapToInt(DecoderModule::layer)
                .min()
                .orElse(config.layers());
        return Math.clamp(lowest, 0, config.layers());
    }
}
