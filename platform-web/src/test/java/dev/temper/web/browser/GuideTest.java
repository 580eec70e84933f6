package dev.temper.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The pictures of the user guide are of screens that are there. {@code -Dtemper.guide.pictures=take} takes them anew in
 * both languages.
 */
@PagesTest
class GuideTest {
    private static final Path GUIDE = Path.of("../docs/guide");
    private static final boolean TAKE = "take".equals(System.getProperty("temper.guide.pictures"));
    private static final List<String> LANGUAGES = List.of("en", "zh-CN");
    private static final Pattern NAMED = Pattern.compile("!\\[[^]]+]\\(pictures/([a-z-]+)\\.png\\)");
    private static final int WIDTH = 1280;
    private static final int LARGEST = 80_000;

    @LocalServerPort
    private int port;

    @Autowired
    private GuideStage stage;

    /**
     * A picture of the guide.
     *
     * @param path of its screen
     * @param shows what it is there for, as a selector
     * @param height how much of the page it has
     */
    private record Picture(String name, String path, String shows, int height) {}

    private static List<Picture> pictures(GuideStage.Places at) {
        String home = at.home();
        return List.of(
                new Picture("home", home, ".todo", 760),
                new Picture("import", home + "/datasets/import", "#file", 760),
                new Picture("mapping", at.mapping(), "form[action$='/mapping']", 900),
                new Picture("report", home + "/datasets/4/v1?tab=report", "td a[href*='/left-out/']", 900),
                new Picture("mend", at.left() + "/left-out/2", "form", 640),
                new Picture("prepare", home + "/datasets/1/prepare", ".page-head", 900),
                new Picture("preview", home + "/datasets/1/preview", "main select", 1100),
                new Picture("model", home + "/models/base/temper-mini", "main dl", 900),
                new Picture("parameters", home + "/tasks/new/" + at.draft() + "/parameters", "#learningRate", 1100),
                new Picture("review", home + "/tasks/new/" + at.draft() + "/review", "#start", 900),
                new Picture("waiting", home + "/queue/" + at.waiting(), "#job", 760),
                new Picture("running", home + "/tasks/" + at.running(), "#curves-heading", 1000),
                new Picture("done", home + "/models/tuned/1", "#files-heading", 760),
                new Picture("key", home + "/keys/new", "#name", 760));
    }

    @Test
    void everyPictureIsOfAScreenThatIsThere() throws IOException {
        GuideStage.Places places = stage.set();
        List<Picture> missing = new ArrayList<>();
        try (Visit visit = Visit.of(port, places.person())) {
            for (String language : TAKE ? LANGUAGES : List.of("en")) {
                visit.language(language);
                for (Picture picture : pictures(places)) {
                    visit.page.setViewportSize(WIDTH, picture.height());
                    if (visit.open(picture.path()) != 200
                            || visit.page.locator(picture.shows()).count() == 0) {
                        missing.add(picture);
                    }
                    if (TAKE) {
                        take(visit.page, picture, folder(language));
                    }
                }
            }
            assertThat(missing).isEmpty();
            assertThat(visit.complaints).isEmpty();
        }
    }

    private static void take(Page page, Picture picture, Path folder) throws IOException {
        page.locator(picture.shows()).first().scrollIntoViewIfNeeded();
        Files.createDirectories(folder);
        Files.write(folder.resolve(picture.name() + ".png"), Palette.reduce(page.screenshot()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-CN"})
    void theGuideNamesThePicturesThereAre(String language) throws IOException {
        String guide = Files.readString(folder(language).resolveSibling("README.md"));
        Set<String> named = NAMED.matcher(guide)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.list(folder(language))) {
            List<Path> pictures = files.toList();
            assertThat(pictures)
                    .extracting(file -> file.getFileName().toString().replace(".png", ""))
                    .containsExactlyInAnyOrderElementsOf(named);
            assertThat(pictures).allSatisfy(file -> assertThat(Files.size(file)).isLessThan(LARGEST));
        }
        assertThat(named)
                .isEqualTo(pictures(new GuideStage.Places("", "", "", "", 0, 0, 0)).stream()
                        .map(Picture::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Path folder(String language) {
        return GUIDE.resolve(language).resolve("pictures");
    }
}
