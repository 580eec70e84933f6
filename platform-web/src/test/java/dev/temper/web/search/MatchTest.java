package dev.temper.web.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchTest {
    @ParameterizedTest
    @CsvSource({
        "医疗, 医疗问答, 3",
        "ylwd, 医疗问答, 3",
        "yiliao, 医疗问答, 3",
        "wd, 医疗问答, 1",
        "LW, 李伟, 3",
        "ada, Ada Lovelace, 3",
        "lovelace, Ada Lovelace, 2",
        "ada lovelace, Ada Lovelace, 4",
        "lace, Ada Lovelace, 1",
        "xyz, Ada Lovelace, 0",
        "xyz, 医疗问答, 0"
    })
    void scoresByWhereTheQueryStands(String query, String text, int score) {
        assertThat(Match.score(query, text)).isEqualTo(score);
    }
}
