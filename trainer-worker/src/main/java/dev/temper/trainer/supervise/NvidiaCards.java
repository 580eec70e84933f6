package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.Device;
import dev.temper.contract.link.DeviceReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cards that {@code nvidia-smi} lists, one a line. A field it can't tell is {@code [N/A]}; one it can't read any
 * more, such as {@code [GPU requires reset]}, says that the card is sick.
 */
final class NvidiaCards {
    /** What to ask; the driver's documentation of {@code --help-query-gpu} says what each is. */
    static final List<String> QUERY = List.of(
            "--query-gpu=index,uuid,name,memory.total,compute_cap,mig.mode.current,"
                    + "ecc.errors.uncorrected.volatile.total,utilization.gpu,memory.used,temperature.gpu,power.draw",
            "--format=csv,noheader,nounits");

    private static final int FIELDS = 11;
    private static final List<String> UNTOLD = List.of("[n/a]", "n/a", "[not supported]", "");
    private static final List<String> BROKEN = List.of("requires reset", "unknown error", "is lost", "err!");

    private NvidiaCards() {}

    /**
     * One card.
     *
     * @param mig whether it is cut into slices, and so not to be had whole
     */
    record Card(Device device, boolean mig, DeviceReading reading) {}

    /** @throws CodedException {@code nvidia_smi_unreadable} where it speaks another form */
    static List<Card> parse(String csv) {
        return csv.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("No devices"))
                .map(NvidiaCards::card)
                .toList();
    }

    private static Card card(String line) {
        List<String> fields = Stream.of(line.split(",", -1)).map(String::strip).toList();
        if (fields.size() != FIELDS) {
            throw unreadable(line, null);
        }
        try {
            return card(fields);
        } catch (NumberFormatException e) {
            throw unreadable(line, e);
        }
    }

    private static Card card(List<String> fields) {
        String id = fields.get(1);
        String complaint = complaint(fields);
        String capability = told(fields.get(4)) ? fields.get(4) : null;
        Device device = new Device(
                id,
                Device.Kind.NVIDIA,
                Integer.parseInt(fields.get(0)),
                fields.get(2),
                Objects.requireNonNullElse(mebibytes(fields.get(3)), 0L),
                capability,
                capability != null && Double.parseDouble(capability) >= 8,
                complaint == null ? Device.Health.OK : Device.Health.SICK,
                null,
                complaint);
        DeviceReading reading = new DeviceReading(
                id,
                number(fields.get(7)),
                mebibytes(fields.get(8)),
                number(fields.get(9)),
                number(fields.get(10)),
                complaint);
        return new Card(device, "Enabled".equals(fields.get(5)), reading);
    }

    private static @Nullable String complaint(List<String> fields) {
        List<String> complaints = new ArrayList<>();
        fields.stream().filter(NvidiaCards::broken).distinct().forEach(complaints::add);
        Double errors = number(fields.get(6));
        if (errors != null && errors > 0) {
            complaints.add("%.0f uncorrected memory errors since the driver was loaded".formatted(errors));
        }
        return complaints.isEmpty() ? null : String.join("; ", complaints);
    }

    private static boolean told(String field) {
        return !UNTOLD.contains(field.toLowerCase(Locale.ROOT)) && !broken(field);
    }

    private static boolean broken(String field) {
        String lower = field.toLowerCase(Locale.ROOT);
        return BROKEN.stream().anyMatch(lower::contains);
    }

    private static @Nullable Double number(String field) {
        return told(field) ? Double.valueOf(field) : null;
    }

    private static @Nullable Long mebibytes(String field) {
        return told(field) ? Long.parseLong(field) << 20 : null;
    }

    private static CodedException unreadable(String line, @Nullable Throwable cause) {
        CodedException unreadable = CodedException.internal(
                        "nvidia_smi_unreadable",
                        "nvidia-smi describes a device in a form that is not known: " + line,
                        "Use a driver of version 510 or newer.")
                .with("line", line);
        return cause == null ? unreadable : unreadable.because(cause);
    }
}
