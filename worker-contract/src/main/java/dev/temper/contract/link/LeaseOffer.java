package dev.temper.contract.link;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A run to do, on devices that are the run's until the lease ends. The lease is told as a length of time, so that the
 * clocks of the two sides need not agree: a worker counts from when it sent the request.
 *
 * @param lease which job, and the fence of this attempt
 * @param attempt counted from 1
 * @param kind what starts it: {@code train}, {@code simulated}
 * @param spec the whole of what to do, in the kind's own form; a run spec for {@code train}
 * @param devices ids of the worker's devices, all of them or nothing
 * @param leaseMillis how long the lease lasts unless a heartbeat makes it longer
 * @param maxRunMillis how long the attempt may take; 0 for as long as it wants
 * @param memoryBytes of the host that the run may use; 0 for its share
 * @param files to lay into the run's folder before it starts: models, datasets, the checkpoint to go on from
 */
public record LeaseOffer(
        LeaseId lease,
        int attempt,
        String kind,
        JsonNode spec,
        List<String> devices,
        long leaseMillis,
        long maxRunMillis,
        long memoryBytes,
        List<FileRef> files)
        implements LinkMessage {
    public LeaseOffer {
        LinkCheck.present("lease", lease);
        LinkCheck.range("attempt", attempt, 1, 1_000_000);
        LinkCheck.name("kind", kind);
        if (!LinkCheck.present("spec", spec).isObject()) {
            throw LinkCheck.invalid("spec", "is not an object", "a JSON object");
        }
        devices = LinkCheck.list("devices", devices, Inventory.MAX_DEVICES);
        devices.forEach(device -> LinkCheck.name("devices", device));
        LinkCheck.positive("leaseMillis", leaseMillis);
        LinkCheck.notNegative("maxRunMillis", maxRunMillis);
        LinkCheck.notNegative("memoryBytes", memoryBytes);
        files = LinkCheck.list("files", files, 10_000);
    }
}
