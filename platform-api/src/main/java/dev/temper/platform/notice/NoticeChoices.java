package dev.temper.platform.notice;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which notices people want by mail; it is theirs, for whichever tenant. */
@Service
@Transactional
public class NoticeChoices {
    private static final List<String> USUAL = Arrays.stream(NoticeType.values())
            .filter(NoticeType::mailed)
            .map(NoticeType::code)
            .toList();

    private final JdbcClient jdbc;
    private final Post post;

    NoticeChoices(JdbcClient jdbc, Post post) {
        this.jdbc = jdbc;
        this.post = post;
    }

    /**
     * What somebody has chosen.
     *
     * @param mail the types of notices that also come by mail
     * @param mailAvailable whether this platform sends mail at all
     */
    public record Choice(List<String> mail, boolean mailAvailable) {}

    @Transactional(readOnly = true)
    public Choice mine() {
        return new Choice(of(Caller.current().requirePerson()).orElse(USUAL), post.on());
    }

    public Choice choose(List<String> mail) {
        UUID person = Caller.current().requirePerson();
        known("/mail", mail);
        jdbc.sql("""
                insert into notice_choices (user_id, mail) values (?, ?)
                on conflict (user_id) do update set mail = excluded.mail
                """)
                .params(person, mail.stream().distinct().toArray(String[]::new))
                .update();
        return mine();
    }

    boolean byMail(UUID person, NoticeType type) {
        return post.on() && of(person).orElse(USUAL).contains(type.code());
    }

    private Optional<List<String>> of(UUID person) {
        return jdbc.sql("select mail from notice_choices where user_id = ?")
                .param(person)
                .query((row, _) -> List.of((String[]) row.getArray(1).getArray()))
                .optional();
    }

    static void known(String field, List<String> types) {
        types.stream().filter(type -> NoticeType.of(type).isEmpty()).findFirst().ifPresent(unknown -> {
            throw ErrorCode.FIELD_NOT_A_CHOICE.at(field).with("value", unknown).with("choices", NoticeType.CODES);
        });
    }
}
