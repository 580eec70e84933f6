package dev.temper.web.compute;

import dev.temper.platform.job.JobState;
import dev.temper.platform.resource.DeviceView;
import dev.temper.platform.resource.NodeView;

/**
 * How something stands: never by colour alone.
 *
 * @param tone how it looks
 * @param label message key
 */
public record Status(String tone, String icon, String label) {
    static Status of(NodeView node) {
        if (node.retiredAt() != null) {
            return new Status("", "ban", "nodes.state.retired");
        }
        if (node.sickReason() != null) {
            return new Status("bad", "alert-triangle", "nodes.state.sick");
        }
        if (!node.online()) {
            return new Status("bad", "circle-x", "nodes.state.offline");
        }
        return switch (node.state()) {
            case READY -> new Status("ok", "circle-check", "nodes.state.ready");
            case CORDONED -> new Status("warn", "lock", "nodes.state.cordoned");
            case DRAINING -> new Status("warn", "logout", "nodes.state.draining");
        };
    }

    static Status of(DeviceView device) {
        if (!device.present()) {
            return new Status("bad", "circle-x", "devices.state.gone");
        }
        if (device.sickReason() != null) {
            return new Status("bad", "alert-triangle", "devices.state.sick");
        }
        return device.jobId() == null
                ? new Status("ok", "circle-check", "devices.state.free")
                : new Status("run", "player-play", "devices.state.held");
    }

    public static Status of(JobState state) {
        return switch (state) {
            case QUEUED -> new Status("wait", "clock", "jobs.state.queued");
            case ASSIGNED, STARTING -> new Status("run", "hourglass", "jobs.state.starting");
            case RUNNING -> new Status("run", "player-play", "jobs.state.running");
            case PAUSING -> new Status("warn", "player-pause", "jobs.state.pausing");
            case PAUSED -> new Status("warn", "player-pause", "jobs.state.paused");
            case PREEMPTING -> new Status("warn", "refresh", "jobs.state.preempting");
            case SUCCEEDED -> new Status("ok", "circle-check", "jobs.state.succeeded");
            case FAILED -> new Status("bad", "alert-triangle", "jobs.state.failed");
            case CANCELLED -> new Status("", "ban", "jobs.state.cancelled");
        };
    }
}
