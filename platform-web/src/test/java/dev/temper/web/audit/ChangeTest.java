package dev.temper.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangeTest {
    @Test
    void showsOnlyWhatDiffers() {
        assertThat(Change.between("""
                        {"name":"Ada","role":"VIEWER","at":{"zone":"UTC"},"left":1}""", """
                        {"name":"Ada","role":"ADMIN","at":{"zone":"Asia/Shanghai"},"new":true}"""))
                .containsExactly(
                        new Change("at.zone", "UTC", "Asia/Shanghai"),
                        new Change("left", "1", null),
                        new Change("new", null, "true"),
                        new Change("role", "VIEWER", "ADMIN"));
    }

    @Test
    void showsAllOfWhatIsNew() {
        assertThat(Change.between(null, "{\"scopes\":[\"READ\"],\"gone\":null}"))
                .containsExactly(new Change("scopes", null, "[\"READ\"]"));
    }

    @Test
    void showsWhatIsNoJsonAsItStands() {
        assertThat(Change.between("{torn", null)).containsExactly(new Change("?", "{torn", null));
    }
}
