package dev.temper.contract.link;

import org.jspecify.annotations.Nullable;

/**
 * Everything a worker can ask for. All but {@link #ENROL} carry the worker's credential as {@code Authorization: Bearer}.
 */
public enum LinkOperation {
    ENROL("POST", "/worker/v1/enrol", Enrolment.class, Enrolled.class, "Makes a worker known."),
    INVENTORY("PUT", "/worker/v1/inventory", InventoryReport.class, null, "Says what the worker has now."),
    LEASE(
            "POST",
            "/worker/v1/lease",
            LeaseRequest.class,
            LeaseOffer.class,
            "Waits for a run; 204 where none came in time."),
    HEARTBEAT(
            "POST",
            "/worker/v1/heartbeat",
            Heartbeat.class,
            HeartbeatAnswer.class,
            "Makes leases longer and brings directives."),
    EVENTS(
            "POST",
            "/worker/v1/jobs/{job}/events",
            EventBatch.class,
            EventsHeld.class,
            "Tells what happened. A batch that begins behind a gap is not taken; the answer says from where to send."),
    ARTEFACTS(
            "POST",
            "/worker/v1/jobs/{job}/artefacts",
            ArtefactQuery.class,
            ArtefactsHeld.class,
            "Asks which contents are still to be sent."),
    SEND(
            "PUT",
            "/worker/v1/jobs/{job}/artefacts/{sha256}",
            null,
            null,
            "Sends a content or the rest of it, as application/octet-stream with Content-Range; 409 with the number of"
                    + " bytes held in Temper-Held where the range does not begin there, 422 where the whole has"
                    + " another hash."),
    FETCH(
            "GET",
            "/worker/v1/jobs/{job}/files/{sha256}",
            null,
            null,
            "Fetches a content that an offer of this job names, or a Range of it."),
    OUTCOME("POST", "/worker/v1/jobs/{job}/outcome", Outcome.class, OutcomeKept.class, "Says how an attempt ended.");

    private final String method;
    private final String path;
    private final @Nullable Class<? extends LinkMessage> request;
    private final @Nullable Class<? extends LinkMessage> answer;
    private final String purpose;

    LinkOperation(
            String method,
            String path,
            @Nullable Class<? extends LinkMessage> request,
            @Nullable Class<? extends LinkMessage> answer,
            String purpose) {
        this.method = method;
        this.path = path;
        this.request = request;
        this.answer = answer;
        this.purpose = purpose;
    }

    public String method() {
        return method;
    }

    /** With places in braces. */
    public String path() {
        return path;
    }

    /** The path with its places filled, in their order. */
    public String path(Object... values) {
        String filled = path;
        for (Object value : values) {
            filled = filled.replaceFirst("\\{[^}]+}", value.toString());
        }
        return filled;
    }

    public @Nullable Class<? extends LinkMessage> request() {
        return request;
    }

    public @Nullable Class<? extends LinkMessage> answer() {
        return answer;
    }

    public String purpose() {
        return purpose;
    }
}
