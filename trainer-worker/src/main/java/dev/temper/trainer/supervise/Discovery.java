package dev.temper.trainer.supervise;

import dev.temper.contract.link.Device;
import java.time.Duration;
import java.util.List;

/**
 * What devices the machine has.
 *
 * @param devices what runs may be given; the CPU where there is nothing else
 * @param warnings why there may be fewer than people expect
 */
public record Discovery(List<Device> devices, List<String> warnings) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public Discovery {
        devices = List.copyOf(devices);
        warnings = List.copyOf(warnings);
    }

    /** Asks the machine. */
    public static Discovery ofThisMachine() {
        return of(new ProgramTool("nvidia-smi", PATIENCE), HostCpu.read());
    }

    static Discovery of(Tool nvidiaSmi, HostCpu cpu) {
        return switch (nvidiaSmi.ask(NvidiaCards.QUERY)) {
            case Tool.Answer.Absent _ -> new Discovery(List.of(cpu.device()), List.of());
            case Tool.Answer.Hung _ -> without(cpu, "nvidia-smi did not answer in time");
            case Tool.Answer.Ended ended
            when ended.status() != 0 ->
                without(
                        cpu,
                        "nvidia-smi failed (" + ended.status() + "): "
                                + ended.output().strip());
            case Tool.Answer.Ended ended -> listed(nvidiaSmi, NvidiaCards.parse(ended.output()), cpu);
        };
    }

    private static Discovery listed(Tool nvidiaSmi, List<NvidiaCards.Card> cards, HostCpu cpu) {
        if (cards.isEmpty()) {
            return new Discovery(List.of(cpu.device()), List.of());
        }
        if (cards.stream().noneMatch(NvidiaCards.Card::mig)) {
            return new Discovery(MigSlices.devices(cards, ""), List.of());
        }
        return switch (nvidiaSmi.ask(List.of("-L"))) {
            case Tool.Answer.Ended ended
            when ended.status() == 0 -> new Discovery(MigSlices.devices(cards, ended.output()), List.of());
            case Tool.Answer.Ended _, Tool.Answer.Hung _, Tool.Answer.Absent _ ->
                new Discovery(
                        MigSlices.devices(cards, ""),
                        List.of("nvidia-smi -L failed, so the MIG slices of this machine are not known."));
        };
    }

    private static Discovery without(HostCpu cpu, String why) {
        return new Discovery(List.of(cpu.device()), List.of(why + ". Only the CPU is used; check the driver."));
    }
}
