package dev.temper.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class TenantsTest {
    @Autowired
    private World world;

    @Test
    void aTenantHasASlugMadeOfItsName() {
        assertThat(world.tenant("清华大学").slug()).startsWith("qing-hua-da-xue-");
    }
}
