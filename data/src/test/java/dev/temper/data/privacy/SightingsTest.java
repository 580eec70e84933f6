package dev.temper.data.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import java.util.EnumSet;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SightingsTest {
    /** The look at the characters must not hide what the patterns would have found. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Write to jo@example.org today",
                "我的手机号是13800138000，请回电",
                "手机 138-0013-8000",
                "身份证号 11010519491231002X。",
                "卡号 4111 1111 1111 1111",
                "IBAN DE89 3704 0044 0532 0130 00",
                "IBAN GB29 NWBK 6016 1331 9268 19",
                "SSN 078-05-1120",
                "server 8.8.8.8 is down",
                "server 2001:db8::1 is down",
                "电话（010）62345678",
                "Call (212) 555-0187 or +44 20 7946 0958",
                "护照号：E12345678",
                "password = hunter2hunter2",
                "key sk-abcdefgh12345678ABCDEFGH",
                "postgres://jo:secret@db/x",
                "Nothing of the kind in 2024: 3 apples, 14 pears.",
                "std::vector<int> v;",
                "1999-12-31"
            })
    void findsWhatAllPatternsFind(String text) {
        var all = new TreeSet<String>();
        new PersonalData(EnumSet.complementOf(EnumSet.of(PersonalKind.ADDRESS, PersonalKind.PERSON_NAME)))
                .find(text)
                .forEach(finding -> all.add(finding.kind().name().toLowerCase(Locale.ROOT)));
        if (!new Secrets(EnumSet.allOf(SecretKind.class)).find(text).isEmpty()) {
            all.add(Sightings.SECRET);
        }

        assertThat(Sightings.in(Row.text(Place.of("x", 1), text))).containsExactlyElementsOf(all);
    }
}
