package dev.temper.data.recipe;

import dev.temper.contract.CodedException;
import dev.temper.contract.web.PublicAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * A model that speaks OpenAI's chat completions.
 *
 * @param base up to and without {@code /chat/completions}, as in {@code https://models.example.com/v1}
 * @param model the name the endpoint has for it
 * @param key sent as a bearer token; never part of a recipe, a report or a log
 * @param allowPrivate whether the address may lie in a private network; else nobody's recipe reaches into ours
 */
public record ModelEndpoint(URI base, String model, Optional<String> key, boolean allowPrivate, Duration timeout) {
    public ModelEndpoint {
        String scheme = String.valueOf(base.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https"))
                || base.getHost() == null
                || base.getUserInfo() != null) {
            throw new IllegalArgumentException("an endpoint has an address of http or https without a user");
        }
    }

    public URI completions() {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text : text + "/") + "chat/completions");
    }

    /** Fails where it lies in a private network and may not. A name may come to mean another address, so ask each time. */
    public void requireReachable() {
        if (allowPrivate) {
            return;
        }
        try {
            if (!PublicAddress.is(base.getHost())) {
                throw CodedException.user(
                                "endpoint_private",
                                "The endpoint " + base.getHost() + " lies in a private network.",
                                "Use a public address, or have an administrator allow private ones.")
                        .with("endpoint", toString());
            }
        } catch (UnknownHostException e) {
            throw CodedException.resources(
                            "endpoint_unavailable",
                            "The endpoint " + base.getHost() + " has no address.",
                            "Check its name.")
                    .with("endpoint", toString())
                    .because(e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return model + " at " + base;
    }
}
