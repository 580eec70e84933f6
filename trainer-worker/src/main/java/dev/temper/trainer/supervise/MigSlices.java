package dev.temper.trainer.supervise;

import dev.temper.contract.link.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The slices that cards are cut into, as {@code nvidia-smi -L} lists them below their cards. A card with MIG on can't be
 * used whole: its slices stand in its place, and without any it is sick.
 */
final class MigSlices {
    private static final Pattern CARD = Pattern.compile("GPU +\\d+: .*\\(UUID: ([^)]+)\\)");
    private static final Pattern SLICE =
            Pattern.compile("\\s+MIG (\\S*?(\\d{1,4})gb\\S*)\\s+Device +(\\d{1,3}): \\(UUID: ([^)]+)\\)");

    private MigSlices() {}

    static List<Device> devices(List<NvidiaCards.Card> cards, String listing) {
        List<Device> devices = new ArrayList<>();
        for (NvidiaCards.Card card : cards) {
            if (card.mig()) {
                List<Device> slices = slices(card.device(), listing);
                devices.addAll(slices.isEmpty() ? List.of(uncut(card.device())) : slices);
            } else {
                devices.add(card.device());
            }
        }
        return devices;
    }

    private static List<Device> slices(Device card, String listing) {
        List<Device> slices = new ArrayList<>();
        String owner = "";
        for (String line : listing.lines().toList()) {
            Matcher head = CARD.matcher(line);
            Matcher slice = SLICE.matcher(line);
            if (head.matches()) {
                owner = head.group(1);
            } else if (slice.matches() && owner.equals(card.id())) {
                slices.add(slice(card, slice));
            }
        }
        return slices;
    }

    /** The memory is what the profile's name says; what the driver gives is within a twentieth of it. */
    private static Device slice(Device card, Matcher line) {
        return new Device(
                Objects.requireNonNull(line.group(4)),
                Device.Kind.NVIDIA,
                Integer.parseInt(line.group(3)),
                card.model() + " MIG " + line.group(1),
                Long.parseLong(line.group(2)) * 1_000_000_000,
                card.computeCapability(),
                card.bf16(),
                card.health(),
                card.id(),
                card.complaint());
    }

    private static Device uncut(Device card) {
        return new Device(
                card.id(),
                card.kind(),
                card.index(),
                card.model(),
                card.memoryBytes(),
                card.computeCapability(),
                card.bf16(),
                Device.Health.SICK,
                null,
                card.complaint() == null
                        ? "MIG is on but no slice is known: create slices, or turn MIG off"
                        : card.complaint());
    }
}
