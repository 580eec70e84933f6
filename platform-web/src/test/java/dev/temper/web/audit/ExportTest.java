package dev.temper.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain | plain",
                "a,b | \"a,b\"",
                "say \"hi\" | \"say \"\"hi\"\"\"",
                "=HYPERLINK(1) | '=HYPERLINK(1)",
                "+1,2 | \"'+1,2\"",
                "-1 | '-1",
                "@name | '@name",
                "李伟 | 李伟"
            })
    void aCellIsQuotedWhereItMustBeAndNeverAFormula(String value, String cell) {
        assertThat(Export.cell(value)).isEqualTo(cell);
    }
}
