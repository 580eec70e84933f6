package dev.temper.platform.tenant;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SecretsSettings.class, OidcSettings.class})
class TenantConfiguration {}
