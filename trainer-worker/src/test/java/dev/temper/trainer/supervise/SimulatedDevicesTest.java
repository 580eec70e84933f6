package dev.temper.trainer.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.Device;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedDevicesTest {
    @Test
    void eightCardsAreEightDevices() {
        List<Device> devices = SimulatedDevices.parse("8xA100-80G");

        assertThat(devices)
                .hasSize(8)
                .extracting(Device::id)
                .startsWith("sim-0", "sim-1")
                .doesNotHaveDuplicates();
        assertThat(devices.getLast())
                .isEqualTo(new Device(
                        "sim-7",
                        Device.Kind.SIMULATED,
                        7,
                        "A100",
                        80L << 30,
                        null,
                        true,
                        Device.Health.OK,
                        null,
                        null));
    }

    @Test
    void oldCardsHaveNoBf16() {
        assertThat(SimulatedDevices.parse("1xV100-32G").getFirst().bf16()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A100", "0xA100-80G", "257xA100-80G", "-1xA100-80G", "8xA100-0G", "8xA100-80", "8x-80G"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> SimulatedDevices.parse(text)).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo("simulated_devices_invalid");
            assertThat(e.remedy()).contains("8xA100-80G");
        });
    }
}
