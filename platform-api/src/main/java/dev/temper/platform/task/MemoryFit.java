package dev.temper.platform.task;

import dev.temper.contract.CodedException;
import dev.temper.contract.ComputeSpec;
import dev.temper.contract.MethodSpec;
import dev.temper.contract.Precision;
import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.model.ModelFacts;
import dev.temper.model.memory.MemoryPlan;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Fault;
import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.resource.PoolDevices;
import dev.temper.platform.task.Prediction.Memory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whether a run fits a device by the trainer's own plan, and if it does not, the one setting that would make it fit. */
final class MemoryFit {
    private static final double GIB = 1L << 30;
    private static final int SHORTEST = 128;
    private static final String TOO_SMALL = "memory_too_small";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ModelFacts facts;
    private final RunSpec spec;
    private final PoolDevices device;
    private final int longest;

    /** @param longest tokens of the longest row, uncut */
    MemoryFit(ModelFacts facts, RunSpec spec, PoolDevices device, int longest) {
        this.facts = facts;
        this.spec = spec;
        this.device = device;
        this.longest = longest;
    }

    /**
     * A change of one setting.
     *
     * @param setting its path in a spec
     */
    private record Remedy(String setting, Object value) {}

    Memory need() {
        return need(spec).orElseGet(() -> least(spec));
    }

    /** Empty where it fits. */
    Optional<Fault> refusal(Map<String, List<PoolDevices>> pools, String pool) {
        if (need(spec).isPresent()) {
            return Optional.empty();
        }
        Memory least = least(spec);
        for (Remedy remedy : remedies()) {
            Optional<Memory> then = need(with(remedy));
            if (then.isPresent()) {
                return Optional.of(new Fault(
                        "/settings/" + remedy.setting().replace('.', '/'),
                        ErrorCode.MEMORY_TOO_SMALL,
                        Map.of(
                                "needed", gib(least.needed()),
                                "available", gib(device.memoryBytes()),
                                "part", largest(least).getKey(),
                                "size", gib(largest(least).getValue()),
                                "setting", remedy.setting(),
                                "value", remedy.value(),
                                "then", gib(then.get().needed()))));
            }
        }
        return Optional.of(new Fault(
                "/pool",
                ErrorCode.DEVICES_TOO_SMALL,
                Map.of(
                        "needed", gib(least.needed()),
                        "available", gib(device.memoryBytes()),
                        "pool", pool,
                        "pools", larger(pools, least.needed()))));
    }

    /** What it takes on the device; empty where it does not fit. */
    private Optional<Memory> need(RunSpec run) {
        try {
            MemoryPlan plan = plan(run, device.memoryBytes());
            return Optional.of(new Memory(
                    plan.estimate().total(),
                    device.memoryBytes(),
                    plan.estimate().parts()));
        } catch (CodedException refused) {
            if (!refused.code().equals(TOO_SMALL)) {
                throw refused;
            }
            return Optional.empty();
        }
    }

    /** The least it takes on any device. */
    @SuppressWarnings("unchecked")
    private Memory least(RunSpec run) {
        try {
            MemoryPlan plan = plan(run, Math.max(1, device.memoryBytes()));
            return new Memory(
                    plan.estimate().total(),
                    device.memoryBytes(),
                    plan.estimate().parts());
        } catch (CodedException tooLittle) {
            Map<String, Object> told = tooLittle.details();
            if (!(told.get("parts") instanceof Map<?, ?> parts)) {
                throw tooLittle;
            }
            return new Memory(
                    ((Number) told.getOrDefault("needed", 0L)).longValue(), device.memoryBytes(), (Map<String, Long>)
                            parts);
        }
    }

    private MemoryPlan plan(RunSpec run, long bytes) {
        return MemoryPlan.of(
                facts,
                run,
                new MemoryPlan.Room(device.kind() == DeviceKind.NVIDIA, bytesPerNumber(run), bytes),
                Math.max(1, Math.min(longest, run.data().cutoffLen())),
                0);
    }

    private int bytesPerNumber(RunSpec run) {
        return switch (run.compute().precision()) {
            case AUTO -> device.bf16() ? 2 : Float.BYTES;
            case FP32 -> Float.BYTES;
            case BF16, FP16 -> 2;
        };
    }

    /** From what changes the result least to what changes it most. */
    private List<Remedy> remedies() {
        List<Remedy> remedies = new ArrayList<>();
        if (spec.compute().gradientCheckpointing() != ComputeSpec.Checkpointing.AUTO) {
            remedies.add(new Remedy("compute.gradientCheckpointing", "auto"));
        }
        if (!spec.data().packing()) {
            remedies.add(new Remedy("data.packing", true));
        }
        if (spec.compute().precision() == Precision.FP32 && device.bf16()) {
            remedies.add(new Remedy("compute.precision", "bf16"));
        }
        for (int cutoff = Math.min(longest, spec.data().cutoffLen()) / 2; cutoff >= SHORTEST; cutoff /= 2) {
            remedies.add(new Remedy("data.cutoffLen", cutoff));
        }
        if (spec.method() instanceof MethodSpec.Full || spec.method() instanceof MethodSpec.Partial) {
            remedies.add(new Remedy("method.type", "lora"));
        }
        return remedies;
    }

    private RunSpec with(Remedy remedy) {
        ObjectNode json = (ObjectNode) JSON.readTree(RunSpecJson.write(spec));
        if (remedy.setting().equals("method.type")) {
            json.putObject("method").put("type", "lora");
        } else {
            int dot = remedy.setting().indexOf('.');
            json.withObject("/" + remedy.setting().substring(0, dot))
                    .set(remedy.setting().substring(dot + 1), JSON.valueToTree(remedy.value()));
        }
        return RunSpecJson.bind(json);
    }

    private static Map.Entry<String, Long> largest(Memory memory) {
        return memory.parts().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow();
    }

    private static List<String> larger(Map<String, List<PoolDevices>> pools, long needed) {
        Map<String, Long> most = new LinkedHashMap<>();
        pools.forEach((name, devices) -> devices.stream()
                .mapToLong(PoolDevices::memoryBytes)
                .filter(bytes -> bytes >= needed)
                .max()
                .ifPresent(bytes -> most.put(name, bytes)));
        return most.entrySet().stream()
                .map(pool -> pool.getKey() + " (" + gib(pool.getValue()) + " GiB)")
                .toList();
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / GIB);
    }
}
