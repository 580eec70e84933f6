package dev.temper.platform.notice;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code temper.mail.*}.
 *
 * @param host the server that mail is given to; not set: none is sent
 * @param port of that server
 * @param security {@code starttls}, {@code tls}, or {@code none} for a server on the same machine
 * @param username not set: the server asks for none
 * @param password that goes with the username
 * @param from the address that mail comes from
 * @param timeout how long the server may take to answer
 */
@ConfigurationProperties("temper.mail")
record MailSettings(
        @Nullable String host,
        @DefaultValue("587") int port,
        @DefaultValue("starttls") Security security,
        @Nullable String username,
        @Nullable String password,
        @Nullable String from,
        @DefaultValue("10s") Duration timeout) {
    enum Security {
        STARTTLS,
        TLS,
        NONE
    }

    MailSettings {
        if ((host == null) != (from == null)) {
            throw new IllegalArgumentException(
                    "temper.mail.host and temper.mail.from go together: set both or neither");
        }
        if (from != null && !from.contains("@")) {
            throw new IllegalArgumentException("temper.mail.from is no address: " + from);
        }
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException(
                    "temper.mail.username and temper.mail.password go together: set both or neither");
        }
    }

    @Override
    public String toString() {
        return "MailSettings[" + host + ":" + port + "]";
    }
}
