package dev.temper.contract.link;

import java.util.List;

/**
 * The worker lives, and so do these runs of it. Makes their leases longer.
 *
 * @param runs one entry for each lease it has
 * @param telemetry of its devices
 * @param diskFreeBytes where runs are kept
 * @param waitMillis how long the platform may hold the answer back for a directive that is still to come, at most 30 s
 */
public record Heartbeat(List<RunBeat> runs, List<DeviceReading> telemetry, long diskFreeBytes, long waitMillis)
        implements LinkMessage {
    public Heartbeat {
        runs = LinkCheck.list("runs", runs, LinkCheck.MAX_LIST);
        telemetry = LinkCheck.list("telemetry", telemetry, Inventory.MAX_DEVICES);
        LinkCheck.notNegative("diskFreeBytes", diskFreeBytes);
        LinkCheck.range("waitMillis", waitMillis, 0, LeaseRequest.MAX_WAIT_MILLIS);
    }
}
