package dev.temper.web.compute;

import dev.temper.platform.resource.ReservationView;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Four weeks from today on, a row for each reservation that falls into them, in units of the drawing.
 *
 * @param height of the drawing
 */
record ReservationCalendar(List<Day> days, List<Row> rows, int height) {
    private static final int DAYS = 28;
    private static final int LEFT = 200;
    private static final int WIDTH = 512;
    private static final int ROW = 26;
    private static final int HEAD = 24;
    private static final int SHORTEST = 3;
    private static final int LABEL_EVERY = 7;

    /** Where a day begins; only some have room for their date. */
    record Day(int x, String label) {}

    record Row(String label, int x, int width, int y, int middle) {}

    static ReservationCalendar of(
            List<ReservationView> reservations, Map<UUID, String> tenants, Instant now, ZoneId zone) {
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant begin = today.atStartOfDay(zone).toInstant();
        Instant end = today.plusDays(DAYS).atStartOfDay(zone).toInstant();
        List<Day> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            int x = x(today.plusDays(day).atStartOfDay(zone).toInstant(), begin, end);
            days.add(new Day(x, day % LABEL_EVERY == 0 ? today.plusDays(day).toString() : ""));
        }
        List<Row> rows = new ArrayList<>();
        for (ReservationView reservation : reservations) {
            if (reservation.cancelledAt() == null
                    && reservation.endsAt().isAfter(begin)
                    && reservation.startsAt().isBefore(end)) {
                int x = x(reservation.startsAt(), begin, end);
                int y = HEAD + rows.size() * ROW;
                rows.add(new Row(
                        "%s · %d × %s"
                                .formatted(
                                        tenants.getOrDefault(reservation.tenantId(), "–"),
                                        reservation.devices(),
                                        reservation.pool()),
                        x,
                        Math.max(SHORTEST, x(reservation.endsAt(), begin, end) - x),
                        y + 4,
                        y + ROW / 2));
            }
        }
        return new ReservationCalendar(days, rows, HEAD + rows.size() * ROW + 4);
    }

    private static int x(Instant at, Instant begin, Instant end) {
        double part = (double) Duration.between(begin, at).toSeconds()
                / Duration.between(begin, end).toSeconds();
        return LEFT + (int) Math.round(WIDTH * Math.clamp(part, 0, 1));
    }
}
