package dev.temper.trainer.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import dev.temper.contract.Precision;
import dev.temper.contract.link.Device;
import dev.temper.contract.link.DeviceReading;
import dev.temper.trainer.tensor.ComputePrecision;
import dev.temper.trainer.tensor.DType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final HostCpu CPU = new HostCpu("Xeon", 64L << 30, true);

    private static final String V100 = """
            0, GPU-11111111-0000-0000-0000-000000000000, Tesla V100-SXM2-32GB, 32768, 7.0, [N/A], 0, 0, 4, 33, 42.11
            1, GPU-22222222-0000-0000-0000-000000000000, Tesla V100-SXM2-32GB, 32768, 7.0, [N/A], 2, 97, 30112, 61, 289.70
            """;

    private static final String H100 = """
            0, GPU-33333333-0000-0000-0000-000000000000, NVIDIA H100 80GB HBM3, 81559, 9.0, Disabled, 0, 12, 1024, 40, 120.50
            """;

    private static final String A100 = """
            0, GPU-44444444-0000-0000-0000-000000000000, NVIDIA A100-SXM4-80GB, 81920, 8.0, Enabled, 0, [N/A], 87, 31, 60.10
            1, GPU-55555555-0000-0000-0000-000000000000, NVIDIA A100-SXM4-80GB, 81920, 8.0, Disabled, 0, 100, 70000, 66, 390.00
            2, GPU-66666666-0000-0000-0000-000000000000, NVIDIA A100-SXM4-80GB, 81920, 8.0, Enabled, 0, [N/A], 87, 31, 60.10
            """;

    private static final String A100_SLICES = """
            GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-44444444-0000-0000-0000-000000000000)
              MIG 3g.40gb     Device  0: (UUID: MIG-aaaaaaaa-0000-0000-0000-000000000000)
              MIG 1g.10gb+me  Device  1: (UUID: MIG-bbbbbbbb-0000-0000-0000-000000000000)
              MIG 1c.2g.20gb  Device  2: (UUID: MIG-GPU-44444444-0000-0000-0000-000000000000/5/0)
            GPU 1: NVIDIA A100-SXM4-80GB (UUID: GPU-55555555-0000-0000-0000-000000000000)
            GPU 2: NVIDIA A100-SXM4-80GB (UUID: GPU-66666666-0000-0000-0000-000000000000)
            """;

    @Test
    void withoutTheProgramThereIsTheCpu() {
        Discovery found = Discovery.of(_ -> new Tool.Answer.Absent(), CPU);

        assertThat(found.devices()).singleElement().satisfies(device -> {
            assertThat(device.kind()).isEqualTo(Device.Kind.CPU);
            assertThat(device.memoryBytes()).isEqualTo(64L << 30);
        });
        assertThat(found.warnings()).isEmpty();
    }

    @Test
    void aDriverThatIsGoneLeavesTheCpuAndSaysSo() {
        Discovery found = Discovery.of(
                _ -> new Tool.Answer.Ended(9, "NVIDIA-SMI has failed because it couldn't reach the driver.\n"), CPU);

        assertThat(found.devices()).extracting(Device::id).containsExactly("cpu");
        assertThat(found.warnings()).singleElement().asString().contains("(9)", "reach the driver");
    }

    @Test
    void aProgramThatHangsLeavesTheCpuAndSaysSo() {
        Discovery found = Discovery.of(_ -> new Tool.Answer.Hung(), CPU);

        assertThat(found.devices()).extracting(Device::id).containsExactly("cpu");
        assertThat(found.warnings()).hasSize(1);
    }

    @Test
    void aDriverWithoutCardsLeavesTheCpu() {
        assertThat(Discovery.of(answers("No devices were found\n", ""), CPU).devices())
                .extracting(Device::id)
                .containsExactly("cpu");
    }

    @Test
    void voltaHasNoBf16AndMemoryErrorsMakeItSick() {
        List<Device> devices = Discovery.of(answers(V100, "not asked"), CPU).devices();

        assertThat(devices).extracting(Device::bf16).containsExactly(false, false);
        assertThat(devices).extracting(Device::memoryBytes).containsExactly(32L << 30, 32L << 30);
        assertThat(devices).extracting(Device::health).containsExactly(Device.Health.OK, Device.Health.SICK);
        assertThat(devices.get(1).complaint()).startsWith("2 uncorrected memory errors");
    }

    @Test
    void hopperIsTakenWhole() {
        assertThat(Discovery.of(answers(H100, "not asked"), CPU).devices())
                .containsExactly(new Device(
                        "GPU-33333333-0000-0000-0000-000000000000",
                        Device.Kind.NVIDIA,
                        0,
                        "NVIDIA H100 80GB HBM3",
                        81559L << 20,
                        "9.0",
                        true,
                        Device.Health.OK,
                        null,
                        null));
    }

    @Test
    void slicesStandForACutCardAndOneWithoutSlicesIsSick() {
        List<Device> devices = Discovery.of(answers(A100, A100_SLICES), CPU).devices();

        assertThat(devices)
                .extracting(Device::id)
                .containsExactly(
                        "MIG-aaaaaaaa-0000-0000-0000-000000000000",
                        "MIG-bbbbbbbb-0000-0000-0000-000000000000",
                        "MIG-GPU-44444444-0000-0000-0000-000000000000/5/0",
                        "GPU-55555555-0000-0000-0000-000000000000",
                        "GPU-66666666-0000-0000-0000-000000000000");
        assertThat(devices.subList(0, 3))
                .allSatisfy(slice -> assertThat(slice.partOf()).startsWith("GPU-4444"))
                .extracting(Device::memoryBytes)
                .containsExactly(40_000_000_000L, 10_000_000_000L, 20_000_000_000L);
        assertThat(devices.get(0).model()).isEqualTo("NVIDIA A100-SXM4-80GB MIG 3g.40gb");
        assertThat(devices.get(4).health()).isEqualTo(Device.Health.SICK);
        assertThat(devices.get(4).complaint()).contains("no slice");
    }

    @Test
    void aSilentListingIsToldAndNoCutCardIsGivenOut() {
        Discovery found = Discovery.of(
                arguments ->
                        arguments.equals(NvidiaCards.QUERY) ? new Tool.Answer.Ended(0, A100) : new Tool.Answer.Hung(),
                CPU);

        assertThat(found.devices())
                .filteredOn(device -> device.health() == Device.Health.OK)
                .extracting(Device::id)
                .containsExactly("GPU-55555555-0000-0000-0000-000000000000");
        assertThat(found.warnings()).hasSize(1);
    }

    @Test
    void aCardThatNeedsAResetIsSickAndReadAsFarAsItCan() {
        NvidiaCards.Card card = NvidiaCards.parse(
                        "0, GPU-1, NVIDIA H100 80GB HBM3, [GPU requires reset], 9.0, Disabled, [N/A], [Unknown Error],"
                                + " 12, 55, [Not Supported]")
                .getFirst();

        assertThat(card.device().complaint()).isEqualTo("[GPU requires reset]; [Unknown Error]");
        assertThat(card.device().memoryBytes()).isZero();
        assertThat(card.reading())
                .isEqualTo(new DeviceReading(
                        "GPU-1", null, 12L << 20, 55.0, null, "[GPU requires reset]; [Unknown Error]"));
    }

    @Test
    void anotherFormIsRefusedWithItsLine() {
        for (String line : List.of("0, GPU-1", H100.replace("81559", "79 GiB"))) {
            assertThatThrownBy(() -> NvidiaCards.parse(line))
                    .isInstanceOfSatisfying(
                            CodedException.class, e -> assertThat(e.code()).isEqualTo("nvidia_smi_unreadable"));
        }
    }

    @Test
    void aRealProgramIsAskedAndGivenUpOn() {
        Tool shell = new ProgramTool("sh", Duration.ofSeconds(20));

        assertThat(shell.ask(List.of("-c", "echo out; echo err >&2; exit 3")))
                .isEqualTo(new Tool.Answer.Ended(3, "out\nerr\n"));
        assertThat(new ProgramTool("no-such-program-here", Duration.ofSeconds(20)).ask(List.of()))
                .isEqualTo(new Tool.Answer.Absent());
        assertThat(new ProgramTool("sleep", Duration.ofMillis(50)).ask(List.of("60")))
                .isEqualTo(new Tool.Answer.Hung());
    }

    @Test
    void thisMachineHasSomethingToComputeOn() {
        assertThat(Discovery.ofThisMachine().devices())
                .isNotEmpty()
                .allSatisfy(device -> assertThat(device.model()).isNotBlank());
        assertThat(HostCpu.read().bf16())
                .as("as the trainer decides where precision is left to it")
                .isEqualTo(ComputePrecision.choose(Precision.AUTO, dev.temper.trainer.tensor.Device.CPU)
                        == DType.BFLOAT16);
    }

    private static Tool answers(String cards, String listing) {
        return arguments -> new Tool.Answer.Ended(0, arguments.equals(NvidiaCards.QUERY) ? cards : listing);
    }
}
