package dev.temper.platform.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.SettableClock;
import dev.temper.platform.job.JobEnded;
import dev.temper.platform.job.JobState;
import dev.temper.platform.notice.MailSettings.Security;
import dev.temper.platform.tenant.Members;
import dev.temper.platform.tenant.ProfileChange;
import dev.temper.platform.tenant.Profiles;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.Theme;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Notices by mail, through a server that speaks SMTP. */
@PlatformTest
class LettersTest {
    private static final URI ADDRESS = URI.create("https://temper.example.org/");

    @Autowired
    private World world;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private DeliveryTable deliveries;

    @Autowired
    private Members members;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Notices notices;

    @Autowired
    private NoticeChoices off;

    @Autowired
    private Cursors cursors;

    @Autowired
    private SettableClock clock;

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private Letters letters;
    private NoticeChoices choices;
    private Inhabitant reader;

    @BeforeEach
    void aServer() {
        server.start();
        Post post = new Post(new MailSettings(
                "127.0.0.1",
                server.getSmtp().getPort(),
                Security.NONE,
                null,
                null,
                "temper@example.org",
                Duration.ofSeconds(5)));
        choices = new NoticeChoices(jdbc, post);
        letters = new Letters(jdbc, transaction, post, new NoticeSettings(ADDRESS, Duration.ofDays(90)), clock);
        reader = world.owner();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void comesInTheReadersLanguageWithTheWayThere() throws MessagingException, IOException {
        reader.does(() -> profiles.update(new ProfileChange("王", "zh-CN", Theme.AUTO, "UTC"), IfMatch.ANY));
        happens(JobState.SUCCEEDED, "客服\r\nBcc: all@example.org");

        letters.send();

        MimeMessage mail = only();
        NoticeView notice = reader.does(() -> notices.list(cursors.query(1, null, "notices"), Locale.ENGLISH))
                .items()
                .getFirst();
        assertThat(mail.getSubject()).isEqualTo("任务“客服 Bcc: all@example.org”已完成。");
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly(reader.email());
        assertThat(mail.getMessageID()).isEqualTo("<" + notice.id() + "@example.org>");
        assertThat(mail.getContent().toString())
                .contains(ADDRESS + "t/" + reader.tenant().slug() + "/notices/" + notice.id())
                .contains(ADDRESS + "me/notices");
    }

    @Test
    void whatWasNotChosenDoesNotCome() {
        happens(JobState.CANCELLED, "Trial");
        reader.does(() -> choices.choose(List.of("task.cancelled")));
        happens(JobState.SUCCEEDED, "Trial");
        happens(JobState.CANCELLED, "Wanted");

        letters.send();

        assertThat(subjects()).hasSize(1).allMatch(subject -> subject.contains("Wanted"));
        assertThatThrownBy(() -> reader.does(() -> choices.choose(List.of("sunset"))))
                .hasMessageContaining("field_not_a_choice");
    }

    @Test
    void waitsUntilTheServerTakesIt() {
        happens(JobState.FAILED, "Trial");
        int port = server.getSmtp().getPort();
        server.stop();

        letters.send();
        assertThat(due()).isEqualTo(1);
        GreenMail again = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        again.start();
        try {
            letters.send();
            assertThat(again.getReceivedMessages()).as("before its time").isEmpty();
            clock.advance(Duration.ofSeconds(5));
            letters.send();
            assertThat(again.getReceivedMessages()).hasSize(1);
            letters.send();
            assertThat(again.getReceivedMessages()).as("only once").hasSize(1);
        } finally {
            again.stop();
        }
        assertThat(due()).isZero();
    }

    @Test
    void whoHasLeftIsToldNothingMore() {
        Inhabitant member = world.member(reader.tenant(), Role.MEMBER);
        happens(member, JobState.SUCCEEDED, "Trial");
        reader.does(() -> {
            members.remove(member.member().id());
            return reader;
        });

        letters.send();

        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void canBeTriedOutAndIsOffWithoutAServer() throws MessagingException {
        assertThat(reader.does(letters::test)).isEqualTo(reader.email());
        assertThat(only().getAllRecipients()).extracting(Object::toString).containsExactly(reader.email());

        server.stop();
        assertThatThrownBy(() -> reader.does(letters::test)).hasMessageContaining("mail_not_sent");
        assertThat(reader.does(() -> off.mine()).mailAvailable()).isFalse();
        assertThat(reader.does(() -> choices.mine()).mailAvailable()).isTrue();
    }

    private void happens(JobState end, String name) {
        happens(reader, end, name);
    }

    private void happens(Inhabitant whose, JobState end, String name) {
        whose.does(() -> transaction.execute(_ -> {
            new Announcements(jdbc, choices, deliveries, members, clock)
                    .on(new JobEnded(
                            whose.tenant().id(),
                            Ids.next(),
                            "train",
                            Ids.next(),
                            whose.userId(),
                            name,
                            end,
                            "diverged",
                            "The loss is no number.",
                            "somebody",
                            clock.instant()));
            return Caller.current();
        }));
    }

    private int due() {
        return reader.does(() -> transaction.execute(
                _ -> jdbc.sql("select count(*) from notices where tenant_id = ? and mail_due_at is not null")
                        .param(reader.tenant().id())
                        .query(Integer.class)
                        .single()));
    }

    private MimeMessage only() {
        assertThat(server.getReceivedMessages()).hasSize(1);
        return server.getReceivedMessages()[0];
    }

    private List<String> subjects() {
        return Arrays.stream(server.getReceivedMessages())
                .map(message -> {
                    try {
                        return message.getSubject();
                    } catch (MessagingException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
