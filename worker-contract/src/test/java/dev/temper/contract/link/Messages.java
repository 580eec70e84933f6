package dev.temper.contract.link;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** One message of every sort, each field that may be left out filled in one of them and absent in another. */
final class Messages {
    static final Instant AT = Instant.parse("2026-03-04T05:06:07.089Z");
    static final FileRef FILE = new FileRef("checkpoint-20/adapter.safetensors", "ab".repeat(32), 1L << 33);
    static final Failure FAILURE = new Failure(
            Failure.Cause.RESOURCES,
            "gpu_memory_exhausted",
            "The device ran out of memory at step 3.",
            "Halve the batch.");

    private static final LeaseId LEASE = new LeaseId(UUID.fromString("00000000-0000-7000-8000-000000000001"), 7);
    private static final Device CPU =
            new Device("cpu", Device.Kind.CPU, 0, "Xeon", 1L << 36, null, false, Device.Health.OK, null, null);
    private static final Device SLICE = new Device(
            "MIG-1", Device.Kind.NVIDIA, 1, "NVIDIA A100", 1L << 33, "8.0", true, Device.Health.SICK, "GPU-1", "ECC");
    private static final Inventory INVENTORY =
            new Inventory(List.of(CPU, SLICE), Map.of("gpu", "a100-80g"), 1L << 39, 96);

    private Messages() {}

    static Stream<LinkMessage> all() {
        return Stream.of(
                new Enrolment("token", "node-1", "0.1.0", INVENTORY),
                new Enrolled(LEASE.job(), "credential"),
                new InventoryReport("0.1.0", INVENTORY),
                new LeaseRequest(30_000, List.of("train", "simulated"), List.of(LEASE)),
                new LeaseOffer(
                        LEASE,
                        2,
                        "simulated",
                        LinkJson.document("{\"steps\": 100, \"nested\": {\"list\": [1, 2.5, null]}}"),
                        List.of("MIG-1"),
                        60_000,
                        0,
                        1L << 34,
                        List.of(FILE)),
                new Heartbeat(
                        List.of(
                                new RunBeat(LEASE, Phase.RUNNING, 12, null),
                                new RunBeat(LEASE, Phase.STOPPING, 13, Directive.PREEMPT)),
                        List.of(
                                new DeviceReading("MIG-1", 99.5, 1L << 32, 71.0, 300.5, "ECC"),
                                new DeviceReading("cpu", null, null, null, null, null)),
                        1L << 40,
                        1_000),
                new HeartbeatAnswer(List.of(new Renewal(LEASE, Directive.DRAIN, 60_000)), List.of(LEASE), true),
                new EventBatch(
                        7,
                        AT,
                        41,
                        events().map(event -> new TimedEvent(AT, event)).toList()),
                new EventsHeld(47, false),
                new ArtefactQuery(7, List.of(FILE)),
                new ArtefactsHeld(Map.of(FILE.sha256(), 4_096L)),
                new Outcome(7, 47, Outcome.Result.SUCCEEDED, null, List.of(FILE)),
                new Outcome(7, 47, Outcome.Result.FAILED, FAILURE, List.of()),
                new OutcomeKept(true));
    }

    static Stream<WorkerEvent> events() {
        return Stream.of(
                new WorkerEvent.Phased(Phase.STARTING, null),
                new WorkerEvent.Phased(Phase.STOPPING, "The platform wants the devices."),
                new WorkerEvent.Metrics(3, 100, Map.of("loss", 1.25e-7, "learning_rate", 5e-5)),
                new WorkerEvent.Log(List.of("a line", "zwölf €, 🙂")),
                new WorkerEvent.Sample(0, "Why?", "", null),
                new WorkerEvent.Sample(10, "Why?", "So.", "Because."),
                new WorkerEvent.Answer(0, false, "So", null),
                new WorkerEvent.Answer(0, true, "", "length"),
                new WorkerEvent.Checkpoint(10, List.of(FILE)),
                new WorkerEvent.Notice("The disk is nearly full."),
                new WorkerEvent.Other("gradient", Map.of("norm", LinkJson.document("[1, 2]"))));
    }
}
