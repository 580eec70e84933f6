package dev.temper.benchmarks.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The map of the modules in docs/architecture.md says what the poms say. */
class ModuleMapTest {
    /** A row such as {@code | `db` | `text` `worker-contract` | … |}. */
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z-]+)` \\| ([^|]*) \\| [^|]* \\|$", Pattern.MULTILINE);

    @Test
    void theMapShowsTheRealModulesAndArrows() throws IOException, ParserConfigurationException, SAXException {
        Map<String, Set<String>> real = new TreeMap<>();
        for (String module : values(pom(Repository.root()), "module").toList()) {
            real.put(module, arrows(pom(Repository.root().resolve(module))));
        }

        assertThat(drawn()).isEqualTo(real);
    }

    private static Map<String, Set<String>> drawn() {
        Map<String, Set<String>> drawn = new TreeMap<>();
        Matcher row = ROW.matcher(Repository.text(Repository.root().resolve("docs/architecture.md")));
        while (row.find()) {
            drawn.put(
                    row.group(1),
                    Stream.of(row.group(2).split("[` ]+"))
                            .filter(name -> !name.isBlank() && !name.equals("—"))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return drawn;
    }

    /** The modules of ours that a pom depends on for its main code. */
    private static Set<String> arrows(Document pom) {
        Set<String> arrows = new TreeSet<>();
        NodeList dependencies = pom.getElementsByTagName("dependency");
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            boolean ours = values(dependency, "groupId").anyMatch("dev.temper"::equals);
            boolean forTests = values(dependency, "type").anyMatch("test-jar"::equals);
            if (ours && !forTests) {
                values(dependency, "artifactId").forEach(arrows::add);
            }
        }
        return arrows;
    }

    private static Stream<String> values(Document pom, String tag) {
        return values(pom.getDocumentElement(), tag);
    }

    private static Stream<String> values(Element element, String tag) {
        NodeList found = element.getElementsByTagName(tag);
        return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
                .map(i -> found.item(i).getTextContent());
    }

    private static Document pom(Path folder) throws ParserConfigurationException, IOException, SAXException {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("pom.xml").toFile());
    }
}
