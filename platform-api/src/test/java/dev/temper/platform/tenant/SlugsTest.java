package dev.temper.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugsTest {
    @ParameterizedTest
    @CsvSource({
        "Acme, acme",
        "Médecine & Co., medecine-co",
        "清华大学, qing-hua-da-xue",
        "北京 AI 实验室, bei-jing-ai-shi-yan-shi",
        "Straße 7, strasse-7",
        "東京, dong-jing",
        "Москва, moskva",
        "a, a-tenant",
        "!!!, tenant",
        "🚀, tenant",
        "-- x --y--, x-y",
    })
    void aNameInAnyScriptGivesAPlainSlug(String name, String slug) {
        assertThat(Slugs.from(name, taken -> false)).isEqualTo(slug).matches(Slugs::isSlug);
    }

    @Test
    void aTakenSlugGetsANumber() {
        assertThat(Slugs.from("Acme", Set.of("acme", "acme-2")::contains)).isEqualTo("acme-3");
    }

    @Test
    void aLongNameStaysWithinBoundsEvenWithANumber() {
        String taken = Slugs.from("x".repeat(90), slug -> false);

        assertThat(taken).hasSize(40);
        assertThat(Slugs.from("x".repeat(90), taken::equals))
                .hasSize(40)
                .endsWith("-2")
                .matches(Slugs::isSlug);
    }
}
