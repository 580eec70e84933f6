package dev.temper.web;

import dev.temper.web.launch.Temper;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The platform as one process: REST, pages, background chores. */
@SpringBootApplication(scanBasePackages = {"dev.temper.platform", "dev.temper.web"})
@ConfigurationPropertiesScan({"dev.temper.platform", "dev.temper.web"})
public class TemperApplication {
    public static void main(String[] args) {
        System.exit(Temper.run(args));
    }
}
