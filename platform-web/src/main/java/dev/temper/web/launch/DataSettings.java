package dev.temper.web.launch;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the platform keeps its files.
 *
 * @param folder the folder given by --data
 */
@ConfigurationProperties("temper.data")
record DataSettings(@DefaultValue(".temper") Path folder) {}
