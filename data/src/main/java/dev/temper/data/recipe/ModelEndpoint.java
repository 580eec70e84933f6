package dev.temper.data.recipe;

import java.net.URI;
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

    /** Without the key. */
    @Override
    public String toString() {
        return model + " at " + base;
    }
}
