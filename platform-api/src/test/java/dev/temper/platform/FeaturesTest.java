package dev.temper.platform;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Features use each other's root types alone, and never in a circle. */
class FeaturesTest {
    @Test
    void everyFeatureKeepsItsInsidesToItself() {
        ApplicationModules.of("dev.temper.platform").verify();
    }
}
