package dev.temper.web.launch;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** What the person who started the platform signs in with, as it stands in {@code first-login.json}. */
@JsonPropertyOrder({"url", "tenant", "email", "password", "apiKey", "adminEmail", "adminPassword"})
record FirstLogin(
        String url,
        String tenant,
        String email,
        String password,
        String apiKey,
        String adminEmail,
        String adminPassword) {
    static final String FILE = "first-login.json";

    /** Secrets never reach a log. */
    @Override
    public String toString() {
        return "FirstLogin[" + url + "]";
    }
}
