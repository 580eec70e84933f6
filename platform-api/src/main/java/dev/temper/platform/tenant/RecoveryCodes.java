package dev.temper.platform.tenant;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Ten codes, each good once in place of the authenticator app. */
@Component
class RecoveryCodes {
    private static final int COUNT = 10;

    private final JdbcClient jdbc;

    RecoveryCodes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes new ones; the old are worth nothing. */
    List<String> renew(UUID user) {
        drop(user);
        List<String> codes = Stream.generate(RecoveryCodes::make).limit(COUNT).toList();
        for (String code : codes) {
            jdbc.sql("insert into recovery_codes (user_id, code_hash) values (?, ?)")
                    .params(user, hash(code))
                    .update();
        }
        return codes;
    }

    void drop(UUID user) {
        jdbc.sql("delete from recovery_codes where user_id = ?").param(user).update();
    }

    /** Uses one up, if it is one of theirs. */
    boolean spend(UUID user, String code) {
        return jdbc.sql("delete from recovery_codes where user_id = ? and code_hash = ?")
                        .params(user, hash(code))
                        .update()
                == 1;
    }

    /** As in {@code 3f9a1-c04be}: 40 random bits, and sign-in is throttled. */
    private static String make() {
        String hex = Token.hash(Token.make());
        return hex.substring(0, 5) + "-" + hex.substring(5, 10);
    }

    private static String hash(String code) {
        return Token.hash(code.strip().toLowerCase(Locale.ROOT));
    }
}
