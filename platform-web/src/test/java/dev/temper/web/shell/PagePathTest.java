package dev.temper.web.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagePathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "//evil.example", "/\\evil.example", "javascript:1", "", "/a\r\nb", "me"
            })
    void neverLeadsOutOfHere(String back) {
        assertThat(PagePath.inside(back)).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/t/acme/audit?q=%E5%8C%BB&to=2026-01-01", "/me"})
    void leadsBackToOurOwn(String back) {
        assertThat(PagePath.inside(back)).isEqualTo(back);
    }

    @ParameterizedTest
    @CsvSource({
        "/t/acme/keys/new, /keys",
        "/t/acme/members/0197/remove, /members",
        "/t/acme/search, ''",
        "/t/acme, ''",
        "/me, ''"
    })
    void keepsTheCollectionAndNeverAnObject(String path, String collection) {
        assertThat(PagePath.collection(path)).isEqualTo(collection);
    }
}
