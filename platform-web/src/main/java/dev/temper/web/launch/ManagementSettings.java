package dev.temper.web.launch;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where health and metrics are served for machines that watch the platform.
 *
 * @param port a port of their own, served without login; not set: the platform's port, where metrics ask for a platform
 *     admin's login
 * @param address the address that port listens on; leave it on loopback or a closed network
 */
@ConfigurationProperties("temper.management")
record ManagementSettings(
        @Nullable Integer port, @DefaultValue("127.0.0.1") String address) {

    ManagementSettings {
        if (port != null) {
            Ports.check("temper.management.port", port);
        }
    }
}
