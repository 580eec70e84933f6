package dev.temper.web.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody with a browser window in front of the platform. What the browser complains about is kept. */
final class Visit implements AutoCloseable {
    private static final Map<String, String> SIGNED_IN = new ConcurrentHashMap<>();

    final Page page;
    final List<String> complaints = new CopyOnWriteArrayList<>();

    private final BrowserContext context;
    private final String base;

    private Visit(int port, Browser.NewContextOptions options) {
        this.base = "http://localhost:" + port;
        this.context = Chromium.browser().newContext(options.setBaseURL(base).setReducedMotion(ReducedMotion.REDUCE));
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            // That a page was answered with 4xx is what some tests are about.
            if (message.type().equals("error") && !message.text().contains("the server responded with a status of 4")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
    }

    static Visit anonymous(int port, String language) {
        return new Visit(port, new Browser.NewContextOptions().setLocale(language));
    }

    static Visit withoutScript(int port) {
        return new Visit(port, new Browser.NewContextOptions().setLocale("en").setJavaScriptEnabled(false));
    }

    /** Somebody who is signed in already; signing in itself is done once for each. */
    static Visit of(int port, String email) {
        String state = SIGNED_IN.computeIfAbsent(port + " " + email, _ -> {
            try (Visit first = anonymous(port, "en")) {
                first.signIn(email, Cast.PASSWORD);
                return first.context.storageState();
            }
        });
        return new Visit(port, new Browser.NewContextOptions().setLocale("en").setStorageState(state));
    }

    Visit signIn(String email, String password) {
        open("/login");
        page.fill("#username", email);
        page.fill("#password", password);
        page.click("main button.btn-primary");
        page.waitForURL(url -> !url.endsWith("/login"));
        return this;
    }

    /** Opens an address and gives the status it is answered with. */
    int open(String path) {
        Response response = page.navigate(path);
        return response == null ? 0 : response.status();
    }

    /** The part of the address behind the host. */
    String path() {
        return page.url().substring(base.length());
    }

    void language(String value) {
        open("/me");
        page.selectOption("#language", value);
        page.click("main button.btn-primary");
    }

    void forgetSession() {
        context.clearCookies();
    }

    @Override
    public void close() {
        context.close();
    }
}
