package dev.temper.web.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;

/**
 * Starts on a throw-away folder, answers a few requests and stops: what the JVM learns from it goes into the AOT cache
 * that makes later starts quick.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {
    private static final List<String> PAGES = List.of("/livez", "/readyz", "/login", "/", "/api/openapi.json");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("temper-rehearsal");
        var options = new StartOptions();
        options.set("temper.http.port", "0");
        options.set("temper.http.address", "127.0.0.1");
        var silent = new Console(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), System.err);
        try (HttpClient client = HttpClient.newHttpClient()) {
            Platform platform = Platform.start(DataFolder.lock(data), options, silent);
            for (String page : PAGES) {
                client.send(
                        HttpRequest.newBuilder(URI.create(platform.url() + page))
                                .build(),
                        BodyHandlers.discarding());
            }
            platform.context().close();
        } finally {
            FileSystemUtils.deleteRecursively(data);
        }
        return 0;
    }
}
