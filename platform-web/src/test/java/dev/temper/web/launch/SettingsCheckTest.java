package dev.temper.web.launch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingsCheckTest {
    private static final SettingsCatalogue CATALOGUE = SettingsCatalogue.load();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TEMPER_DATABASE_OWNERPASSWORD",
                "TEMPER_DATABASE_OWNER_PASSWORD",
                "TEMPER_SERVICE_HOST",
                "TEMPER_PORT",
                "TEMPER_PORT_8080_TCP_ADDR",
                "TEMPER_TEST_DATABASE_URL",
                "TEMPERATURE"
            })
    void variablesOfOursOfKubernetesAndOfOthersPass(String variable) {
        assertThatCode(() -> SettingsCheck.refuseUnknown(environment(variable), CATALOGUE))
                .doesNotThrowAnyException();
    }

    @Test
    void aVariableNobodyReadsIsRefused() {
        assertThatThrownBy(() -> SettingsCheck.refuseUnknown(environment("TEMPER_DATABASE_ULR"), CATALOGUE))
                .isInstanceOf(StartRefused.class)
                .hasMessage("Unknown environment variable TEMPER_DATABASE_ULR. Did you mean TEMPER_DATABASE_URL?");
        assertThatThrownBy(() -> SettingsCheck.refuseUnknown(environment("TEMPER_SOMETHING_ELSE"), CATALOGUE))
                .hasMessageContaining("./temper admin config");
    }

    private static StandardEnvironment environment(String variable) {
        return new StandardEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources propertySources) {
                propertySources.addLast(
                        new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "x")));
            }
        };
    }
}
