package dev.temper.platform.notice;

import dev.temper.platform.notice.MailSettings.Security;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.MailPreparationException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** The mail server, where one is set up. */
@Component
class Post {
    private final @Nullable String from;
    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();

    Post(MailSettings settings) {
        this.from = settings.from();
        sender.setHost(settings.host());
        sender.setPort(settings.port());
        sender.setUsername(settings.username());
        sender.setPassword(settings.password());
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        sender.setJavaMailProperties(properties(settings));
    }

    private static Properties properties(MailSettings settings) {
        String patience = String.valueOf(settings.timeout().toMillis());
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.auth", String.valueOf(settings.username() != null));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(settings.security() == Security.TLS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        // Whoever asks for it does not want to be answered without.
        String starttls = String.valueOf(settings.security() == Security.STARTTLS);
        properties.setProperty("mail.smtp.starttls.enable", starttls);
        properties.setProperty("mail.smtp.starttls.required", starttls);
        properties.setProperty("mail.smtp.connectiontimeout", patience);
        properties.setProperty("mail.smtp.timeout", patience);
        properties.setProperty("mail.smtp.writetimeout", patience);
        return properties;
    }

    boolean on() {
        return from != null;
    }

    /**
     * Gives a mail to the server.
     *
     * @param id by which a reader's mail program knows one that comes twice
     */
    void send(UUID id, String to, String subject, String text, Locale locale) throws MailException {
        String sent = Objects.requireNonNull(from);
        MimeMessage message = sender.createMimeMessage();
        try {
            MimeMessageHelper mail = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
            mail.setFrom(sent);
            mail.setTo(to);
            // Names in it may hold whatever people typed.
            mail.setSubject(subject.replaceAll("\\p{Cntrl}+", " "));
            mail.setText(text);
            message.setHeader(
                    "Message-ID",
                    "<" + id + sent.substring(sent.lastIndexOf('@')).replace(">", "") + ">");
            message.setHeader("Content-Language", locale.toLanguageTag());
            // Or automatic answers come back.
            message.setHeader("Auto-Submitted", "auto-generated");
        } catch (MessagingException e) {
            throw new MailPreparationException(e);
        }
        sender.send(message);
    }
}
