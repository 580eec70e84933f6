package dev.temper.platform.workerlink;

/** A token with its secret, which is shown this once. */
public record IssuedEnrolmentToken(EnrolmentTokenView enrolmentToken, String secret) {
    @Override
    public String toString() {
        return "IssuedEnrolmentToken[" + enrolmentToken.id() + "]";
    }
}
