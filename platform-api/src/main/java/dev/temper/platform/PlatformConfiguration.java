package dev.temper.platform;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/** Lets entities and repositories be found here, whichever application the platform is part of. */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage(basePackages = "dev.temper.platform")
class PlatformConfiguration {}
