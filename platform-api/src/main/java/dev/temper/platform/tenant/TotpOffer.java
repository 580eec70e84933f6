package dev.temper.platform.tenant;

/**
 * What an authenticator app needs to be set up.
 *
 * @param secret to type in by hand, in base 32
 * @param uri the same as {@code otpauth://totp/…}
 * @param qrCode the URI as a picture, a {@code data:} URI of a PNG
 */
public record TotpOffer(String secret, String uri, String qrCode) {
    /** Secrets never reach a log. */
    @Override
    public String toString() {
        return "TotpOffer[]";
    }
}
