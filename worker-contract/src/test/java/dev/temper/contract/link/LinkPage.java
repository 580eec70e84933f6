package dev.temper.contract.link;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The page that describes the protocol, made from the operations and from the sources of the records. */
final class LinkPage {
    private static final String HEAD = """
            # The worker link

            What a worker and the platform say to each other. Workers only call out; nothing connects to them. This page
            is made from the records of `dev.temper.contract.link`, and a test keeps it so.

            Bodies are JSON. Each message carries `"protocol": "VERSION"`: a side refuses another major version with
            `worker_protocol_unsupported` before it reads anything else. Within a major version fields and kinds of
            events are only ever added, and who does not know one passes over it (an unknown kind of event is kept as it
            came). A message with a missing, mistyped or impossible value is refused whole with
            `worker_message_invalid`, which names the field. Sizes are bytes, lengths of time milliseconds, times
            ISO 8601 in UTC.

            ## Requests
            | Request | Sends | Is answered | |
            |---|---|---|---|
            """;

    private final Map<String, String> sections = new TreeMap<>();
    private final Map<String, String> events = new LinkedHashMap<>();

    private LinkPage() {}

    static String of(Path sources) throws IOException {
        LinkPage page = new LinkPage();
        page.read(sources);
        StringBuilder text = new StringBuilder(HEAD.replace("VERSION", ProtocolVersion.CURRENT.toString()));
        for (LinkOperation operation : LinkOperation.values()) {
            text.append("| `%s %s` | %s | %s | %s |\n"
                    .formatted(
                            operation.method(),
                            operation.path(),
                            name(operation.request()),
                            name(operation.answer()),
                            operation.purpose()));
        }
        text.append("\n## Messages\n");
        Stream.of(LinkMessage.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .forEach(name -> text.append(Objects.requireNonNull(page.sections.remove(name))));
        text.append("\n## Events\nEach has its `type` and is one entry of an EventBatch.\n");
        page.events.values().forEach(text::append);
        text.append("\n## What messages are made of\n");
        page.sections.values().forEach(text::append);
        return text.toString();
    }

    private void read(Path sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.list(sources)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(found.toList()));
            DocTrees comments = DocTrees.instance(task);
            TreePathScanner<@Nullable Object, DocTrees> types = new TreePathScanner<>() {
                @Override
                public @Nullable Object visitClass(ClassTree type, DocTrees docs) {
                    describe(type, getCurrentPath(), docs);
                    return super.visitClass(type, docs);
                }
            };
            task.parse().forEach(file -> types.scan(file, comments));
        }
    }

    private void describe(ClassTree type, TreePath path, DocTrees docs) {
        DocCommentTree comment = docs.getDocCommentTree(path);
        String name = type.getSimpleName().toString();
        if (type.getKind() == Tree.Kind.ENUM && !name.equals("LinkOperation")) {
            sections.put(name, heading(name, comment) + constants(type, path, docs));
        } else if (type.getKind() == Tree.Kind.RECORD && !name.equals("ProtocolVersion")) {
            String owner = path.getParentPath().getLeaf() instanceof ClassTree outer
                    ? outer.getSimpleName().toString()
                    : "";
            if (owner.equals("WorkerEvent")) {
                events.put(
                        name,
                        heading(name.equals("Other") ? "Any other" : "`" + kind(name) + "`", comment)
                                + fields(type, comment));
            } else {
                sections.put(name, heading(name, comment) + fields(type, comment));
            }
        }
    }

    private static String kind(String name) {
        return Messages.events()
                .filter(event -> event.getClass().getSimpleName().equals(name))
                .findFirst()
                .orElseThrow()
                .type();
    }

    private static String heading(String name, @Nullable DocCommentTree comment) {
        return "\n### " + name + "\n" + (comment == null ? "" : words(comment.getFullBody()) + "\n");
    }

    private static String fields(ClassTree type, @Nullable DocCommentTree comment) {
        Map<String, String> said = new LinkedHashMap<>();
        if (comment != null) {
            for (DocTree tag : comment.getBlockTags()) {
                if (tag instanceof ParamTree field) {
                    said.put(field.getName().toString(), words(field.getDescription()));
                }
            }
        }
        List<String> rows = new ArrayList<>();
        for (Tree member : type.getMembers()) {
            if (member instanceof VariableTree field
                    && !field.getModifiers().getFlags().contains(Modifier.STATIC)) {
                String name = field.getName().toString();
                rows.add("| `%s` | %s | %s |\n".formatted(name, json(field), said.getOrDefault(name, "")));
            }
        }
        return "\n| Field | Form | |\n|---|---|---|\n" + String.join("", rows);
    }

    private static String constants(ClassTree type, TreePath path, DocTrees docs) {
        StringBuilder rows = new StringBuilder("\n| Value | |\n|---|---|\n");
        for (Tree member : type.getMembers()) {
            if (member instanceof VariableTree constant
                    && constant.getModifiers().getFlags().contains(Modifier.STATIC)) {
                DocCommentTree comment = docs.getDocCommentTree(new TreePath(path, member));
                rows.append("| `%s` | %s |\n"
                        .formatted(constant.getName(), comment == null ? "" : words(comment.getFullBody())));
            }
        }
        return rows.toString();
    }

    private static String name(@Nullable Class<?> message) {
        return message == null ? "—" : message.getSimpleName();
    }

    private static String json(VariableTree field) {
        String type = field.getType().toString();
        boolean optional = field.getModifiers().toString().contains("Nullable") || type.contains("@Nullable");
        return form(type.replaceAll("@\\w+(\\(\\))? ?", "").strip()) + (optional ? ", may be absent" : "");
    }

    private static String form(String type) {
        if (type.startsWith("List<")) {
            return "list of " + form(type.substring(5, type.length() - 1));
        }
        if (type.startsWith("Map<String, ")) {
            return "object of " + form(type.substring(12, type.length() - 1)) + " by name";
        }
        return switch (type) {
            case "String" -> "text";
            case "int", "long", "Long" -> "integer";
            case "double", "Double" -> "number";
            case "boolean" -> "true or false";
            case "UUID" -> "UUID";
            case "Instant" -> "time";
            case "JsonNode" -> "JSON";
            default -> type;
        };
    }

    /** A comment as Markdown, on one line. */
    private static String words(List<? extends DocTree> comment) {
        String text = comment.stream().map(DocTree::toString).collect(Collectors.joining());
        return unescaped(text)
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link #?([^}]*)}", "$1")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }

    /** The printer of comments writes what is not ASCII as Java does. */
    private static String unescaped(String text) {
        return Pattern.compile("\\\\u(\\p{XDigit}{4})")
                .matcher(text)
                .replaceAll(hit -> Character.toString(Integer.parseInt(hit.group(1), 16)));
    }
}
