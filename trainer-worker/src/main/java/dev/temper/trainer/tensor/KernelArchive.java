package dev.temper.trainer.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes the archive libtorch loads out of kernels written as text. The text is TorchScript; a function under a line
 * {@code # kernel} may be called from Java, the others only from kernels. In an archive functions and types of one's
 * own are spelled {@code __torch__.name}; that prefix is put in here.
 */
final class KernelArchive {
    private static final String PACKING = "packing";

    /** One file per concern, in {@code kernels/}. */
    private static final List<String> CONCERNS = List.of(
            "shapes",
            "tensors",
            "random",
            "norm",
            "rope",
            "attention",
            PACKING,
            "projection",
            "feedforward",
            "layer",
            "embedding",
            "loss",
            "optimiser",
            "generation");

    private static final Pattern DEFINITION = Pattern.compile("(?m)^def (\\w+)\\(");
    private static final Pattern TYPE = Pattern.compile("(?m)^class (\\w+)\\(NamedTuple\\)");
    private static final Pattern KERNEL = Pattern.compile("(?m)^# kernel\\ndef (\\w+)\\((.*)\\) -> (.*):$");
    private static final Pattern PARAMETER = Pattern.compile("(\\w+):");

    private KernelArchive() {}

    /** The archive of all kernels. */
    static byte[] build() {
        return build(source());
    }

    /** The archive for a libtorch that cannot pack weights. */
    static byte[] buildWithoutPacking() {
        return build(source("unpacking"));
    }

    /** The text of all kernels. */
    static String source() {
        return source(PACKING);
    }

    private static String source(String packing) {
        return CONCERNS.stream()
                .map(concern -> read(concern.equals(PACKING) ? packing : concern))
                .collect(Collectors.joining("\n"));
    }

    /** The archive of kernels in {@code source}. */
    static byte[] build(String source) {
        return zip(qualified(source) + module(source));
    }

    private static String qualified(String source) {
        String qualified = source;
        Set<String> known = new HashSet<>();
        for (String name : names(DEFINITION, source)) {
            // The last one would stand for both, and what calls the other fails far from here.
            if (!known.add(name)) {
                throw new IllegalStateException("the kernel source defines " + name + " twice");
            }
            qualified = qualified.replaceAll("(?<!def )(?<![\\w.])" + name + "\\(", "__torch__." + name + "(");
        }
        for (String name : names(TYPE, source)) {
            qualified = qualifiedType(qualified, name);
        }
        return qualified;
    }

    private static String qualifiedType(String source, String type) {
        return source.replaceAll("(?<!class )(?<![\\w.#])\\b" + type + "\\b(?=[(,)\\]:])", "__torch__." + type);
    }

    /** A method for every kernel, as only methods of a module can be called from outside. */
    private static String module(String source) {
        StringBuilder module =
                new StringBuilder("\nclass Kernels(Module):\n  __parameters__ = []\n  __buffers__ = []\n");
        Matcher kernel = KERNEL.matcher(source);
        while (kernel.find()) {
            String arguments = String.join(", ", names(PARAMETER, kernel.group(2)));
            String signature = "(self: __torch__.Kernels"
                    + (kernel.group(2).isEmpty() ? "" : ", " + kernel.group(2))
                    + ") -> " + kernel.group(3) + ":";
            for (String type : names(TYPE, source)) {
                signature = qualifiedType(signature, type);
            }
            module.append("\n  def ").append(kernel.group(1)).append(signature);
            module.append("\n    return __torch__.").append(kernel.group(1));
            module.append('(').append(arguments).append(")\n");
        }
        return module.toString();
    }

    private static List<String> names(Pattern pattern, String text) {
        List<String> names = new ArrayList<>();
        pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .forEach(names::add);
        return names;
    }

    private static String read(String concern) {
        String resource = "kernels/" + concern + ".torchscript";
        try (InputStream in = KernelArchive.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] zip(String code) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            // Two pickles: an object of class __torch__.Kernels without attributes, and no constants.
            store(zip, "data.pkl", "\u0080\u0002c__torch__\nKernels\n)\u0081}b.".getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "version", "3\n".getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    /** Uncompressed: libtorch reads entries where they lie. */
    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry("kernels/" + name);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
