package dev.temper.web;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The platform as one process: REST, pages, background chores. */
@SpringBootApplication(scanBasePackages = {"dev.temper.platform", "dev.temper.web"})
public class TemperApplication {
    public static void main(String[] args) {
        SpringApplication.run(TemperApplication.class, args);
    }
}
