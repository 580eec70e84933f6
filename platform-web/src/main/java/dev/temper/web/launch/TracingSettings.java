package dev.temper.web.launch;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go; without an endpoint none are made.
 *
 * @param endpoint an OpenTelemetry collector's address for traces over HTTP, such as http://collector:4318/v1/traces
 * @param sampling the share of requests to trace, from 0 to 1
 */
@ConfigurationProperties("temper.tracing")
record TracingSettings(
        @Nullable String endpoint, @DefaultValue("1") double sampling) {

    TracingSettings {
        if (sampling < 0 || sampling > 1) {
            throw new StartRefused("Setting temper.tracing.sampling = %s is wrong: a share is a number from 0 to 1."
                    .formatted(sampling));
        }
    }
}
