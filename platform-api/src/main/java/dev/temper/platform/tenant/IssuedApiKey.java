package dev.temper.platform.tenant;

/** A new key with its secret, which is shown only now. */
public record IssuedApiKey(ApiKeyView apiKey, String secret) {
    /** Secrets never reach a log. */
    @Override
    public String toString() {
        return "IssuedApiKey[" + apiKey + "]";
    }
}
