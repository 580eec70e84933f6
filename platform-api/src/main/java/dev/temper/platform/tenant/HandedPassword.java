package dev.temper.platform.tenant;

/** An account and the password to hand to its person; shown only now and good until they choose their own. */
public record HandedPassword(Profile user, String password) {
    /** Secrets never reach a log. */
    @Override
    public String toString() {
        return "HandedPassword[" + user + "]";
    }
}
