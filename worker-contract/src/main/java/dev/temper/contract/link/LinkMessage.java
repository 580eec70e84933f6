package dev.temper.contract.link;

/** What is sent as the body of a request or an answer. */
public sealed interface LinkMessage
        permits Enrolment,
                Enrolled,
                InventoryReport,
                LeaseRequest,
                LeaseOffer,
                Heartbeat,
                HeartbeatAnswer,
                EventBatch,
                EventsHeld,
                ArtefactQuery,
                ArtefactsHeld,
                Outcome,
                OutcomeKept {}
