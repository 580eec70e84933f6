package dev.temper.platform.notice;

import dev.temper.contract.web.OpenWeb.Astray;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Why a message got no answer. */
public enum Obstacle {
    PRIVATE_NETWORK,
    UNKNOWN_HOST,
    REFUSED,
    TIMEOUT,
    TLS,
    BROKEN,
    /** The platform cannot read the secret it would sign with. */
    SECRET_UNREADABLE;

    static Obstacle of(IOException failure) {
        return switch (failure) {
            case Astray astray when astray.to() == Astray.To.PRIVATE_NETWORK -> PRIVATE_NETWORK;
            case UnknownHostException _ -> UNKNOWN_HOST;
            case HttpConnectTimeoutException _ -> TIMEOUT;
            case HttpTimeoutException _ -> TIMEOUT;
            case ConnectException unresolved
            when unresolved.getCause() instanceof ConnectException inner
                    && inner.getCause() instanceof UnresolvedAddressException -> UNKNOWN_HOST;
            case ConnectException _ -> REFUSED;
            case SSLException _ -> TLS;
            default -> BROKEN;
        };
    }
}
