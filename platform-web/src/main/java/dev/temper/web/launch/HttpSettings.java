package dev.temper.web.launch;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the platform answers.
 *
 * @param port the port; 0 takes any free one
 * @param address the address to listen on; 0.0.0.0 lets other machines in, best behind a proxy that speaks TLS
 */
@ConfigurationProperties("temper.http")
record HttpSettings(
        @DefaultValue("8080") int port,
        @DefaultValue("127.0.0.1") String address) {

    HttpSettings {
        Ports.check("temper.http.port", port);
    }
}
