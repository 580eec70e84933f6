package dev.temper.platform.notice;

/** A webhook with the secret its messages are signed with, which is shown this once. */
public record IssuedWebhook(WebhookView webhook, String secret) {
    @Override
    public String toString() {
        return "IssuedWebhook[" + webhook.id() + "]";
    }
}
