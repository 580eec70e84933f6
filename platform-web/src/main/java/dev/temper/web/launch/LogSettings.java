package dev.temper.web.launch;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the platform writes its log.
 *
 * @param format text: readable lines in DIR/logs/temper.log, warnings on the console; json: one document a line (ECS
 *     fields, with request, tenant and user) on the console, for a collector
 */
@ConfigurationProperties("temper.log")
record LogSettings(@DefaultValue("text") Format format) {

    enum Format {
        TEXT,
        JSON
    }
}
