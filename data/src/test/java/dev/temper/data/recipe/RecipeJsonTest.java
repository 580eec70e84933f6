package dev.temper.data.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.temper.contract.CodedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeJsonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    []                                                                    | recipe_not_json        | none
                    {"version":1,                                                         | recipe_not_json        | none
                    {"version":1,"version":1,"steps":[]}                                  | recipe_not_json        | none
                    {"steps":[]}                                                          | recipe_setting_missing | /version
                    {"version":2,"steps":[]}                                              | recipe_setting_wrong   | /version
                    {"version":1}                                                         | recipe_setting_missing | /steps
                    {"version":1,"steps":[],"a/b":1}                                      | recipe_setting_unknown | /a~1b
                    {"version":1,"steps":[7]}                                             | recipe_setting_wrong   | /steps/0
                    {"version":1,"steps":[{}]}                                            | recipe_setting_missing | /steps/0/step
                    {"version":1,"steps":[{"step":"normalize"}]}                          | recipe_step_unknown    | /steps/0/step
                    {"version":1,"steps":[{"step":"normalise"},{"step":"normalise","nfd":true}]} | recipe_setting_unknown | /steps/1/nfd
                    {"version":1,"steps":[{"step":"normalise","nfc":"yes"}]}              | recipe_setting_wrong   | /steps/0/nfc
                    {"version":1,"steps":[{"step":"normalise","whiteSpace":"LINES"}]}     | recipe_setting_wrong   | /steps/0/whiteSpace
                    {"version":1,"steps":[{"step":"filter_length","maxAnswer":0}]}        | recipe_setting_wrong   | /steps/0/maxAnswer
                    {"version":1,"steps":[{"step":"filter_length","maxAnswer":1.5}]}      | recipe_setting_wrong   | /steps/0/maxAnswer
                    {"version":1,"steps":[{"step":"filter_length","minAnswer":9,"maxAnswer":5}]} | recipe_setting_wrong | /steps/0/minAnswer
                    {"version":1,"steps":[{"step":"filter_pattern"}]}                     | recipe_setting_missing | /steps/0/pattern
                    {"version":1,"steps":[{"step":"filter_pattern","pattern":"(?=a)"}]}   | recipe_setting_wrong   | /steps/0/pattern
                    {"version":1,"steps":[{"step":"filter_empty","alsoEmpty":["-",1]}]}   | recipe_setting_wrong   | /steps/0/alsoEmpty
                    """)
    void whatIsWrongIsNamedWithItsPlace(String json, String code, String pointer) {
        CodedException failure = failure(json);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.details().getOrDefault("pointer", "none")).isEqualTo(pointer);
        assertThat(failure.remedy()).isNotEmpty();
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        CodedException failure = failure("""
                {"version":1,"steps":[{"step":"normalize"},{"step":"filter_length","least":3,"maxAnswer":"9"}]}""");

        assertThat(failure.code()).isEqualTo("recipe_invalid");
        assertThat(failure.getMessage())
                .contains("/steps/0/step", "Did you mean normalise?", "/steps/1/least", "/steps/1/maxAnswer");
    }

    @Test
    void aRecipeIsWrittenWithEverySettingAndReadAgain() {
        Recipe recipe = Trial.recipe("{'step':'normalise','whiteSpace':'collapse'}", "{'step':'exact_duplicates'}");
        String written = RecipeJson.write(recipe);

        assertThat(written)
                .isEqualTo("{\"version\":1,\"name\":\"\",\"steps\":[{\"step\":\"normalise\",\"nfc\":true,"
                        + "\"controls\":true,\"whiteSpace\":\"collapse\",\"fullWidth\":true},"
                        + "{\"step\":\"exact_duplicates\",\"compare\":\"all\",\"ignoreCase\":false}]}");
        assertThat(RecipeJson.write(RecipeJson.read(written))).isEqualTo(written);
    }

    private static CodedException failure(String json) {
        return catchThrowableOfType(CodedException.class, () -> RecipeJson.read(json));
    }
}
