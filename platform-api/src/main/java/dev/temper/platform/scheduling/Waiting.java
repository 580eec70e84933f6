package dev.temper.platform.scheduling;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which rule holds a job, with the facts that a sentence about it needs: what holds it and what would release it. Nothing
 * in it tells of another tenant more than that somebody is there.
 */
public sealed interface Waiting {
    /** A name that lasts: for message bundles, columns and programs. */
    String code();

    /**
     * Others hold the devices. Released when enough of them end.
     *
     * @param largestFree the most devices that are free on one node, which is what a job on one node needs
     */
    record DevicesBusy(int needed, int free, int largestFree) implements Waiting {
        @Override
        public String code() {
            return "devices_busy";
        }
    }

    /**
     * Enough devices are free, but kept for a job further ahead that starts at {@code until}. Released then, or at once if
     * the job was known to take no longer than {@code startsIfWithin}.
     */
    record KeptForJobAhead(int needed, Instant until, Duration startsIfWithin) implements Waiting {
        @Override
        public String code() {
            return "kept_for_job_ahead";
        }
    }

    /** Its guaranteed devices are being given back by {@code leaving} runs of others that save first. */
    record RoomBeingMade(int needed, int leaving) implements Waiting {
        @Override
        public String code() {
            return "room_being_made";
        }
    }

    /** Devices are kept for a reservation of somebody else, and the job would run into it. */
    record Reserved(int needed, int reserved, Instant starts, Instant ends) implements Waiting {
        @Override
        public String code() {
            return "reserved";
        }
    }

    /** The tenant holds as much of the pool as it may. Released when one of its own runs ends. */
    record TenantCeiling(int needed, int held, int ceiling) implements Waiting {
        @Override
        public String code() {
            return "tenant_ceiling";
        }
    }

    /** The person holds as much as their tenant's admins let them. Released when one of their own runs ends. */
    record UserCeiling(int needed, int held, int ceiling) implements Waiting {
        @Override
        public String code() {
            return "user_ceiling";
        }
    }

    /** As many of the tenant's jobs run as may run at once. */
    record MaxJobs(int running, int maxJobs) implements Waiting {
        @Override
        public String code() {
            return "max_jobs";
        }
    }

    /**
     * The month's budget is used up, or will be by what runs already.
     *
     * @param leftSeconds device-seconds that nothing has a claim to; zero or less
     */
    record BudgetSpent(double leftSeconds, @Nullable Instant renews) implements Waiting {
        @Override
        public String code() {
            return "budget_spent";
        }
    }

    /** It rests after a failure. */
    record Resting(Instant until) implements Waiting {
        @Override
        public String code() {
            return "resting";
        }
    }

    /** Nodes that could take it are cordoned, draining, or have sick devices. Released when they come back. */
    record NodesUnavailable(int needed, int largestOpen, int largestOnceBack) implements Waiting {
        @Override
        public String code() {
            return "nodes_unavailable";
        }
    }

    /** No worker of the pool knows how to do this kind of run. Released when one comes that does. */
    record NoNodeCan(String kind) implements Waiting {
        @Override
        public String code() {
            return "no_node_can";
        }
    }

    /** Nothing in the pool has as many devices, or the tenant may never hold as many. Only a change would release it. */
    record NeverFits(int needed, int largestPossible) implements Waiting {
        @Override
        public String code() {
            return "never_fits";
        }
    }
}
