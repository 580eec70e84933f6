package dev.temper.platform.model;

import dev.temper.contract.CodedException;
import dev.temper.platform.model.HubClient.Content;
import dev.temper.platform.model.HubClient.HubFile;
import dev.temper.platform.model.HubClient.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Fetches what a run needs of a repository into a folder: configuration, tokenizer, weights in safetensors, or one GGUF
 * file. A file that broke off goes on where it did, also in the next run; weights are held against the hash that the hub
 * gives for them. Pickles are refused by their names.
 */
final class HubDownload {
    private static final int PIECE = 1 << 17;
    private static final int TRIES = 6;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final long LARGEST_INDEX = 64L << 20;

    private final HubClient hub;
    private final String name;
    private final Repository repository;
    private final Path folder;

    HubDownload(HubClient hub, String name, Repository repository, Path folder) {
        this.hub = hub;
        this.name = name;
        this.repository = repository;
        this.folder = folder;
    }

    /**
     * Fetches all of it.
     *
     * @param gguf the GGUF file wanted; empty: the folder, or the only GGUF file where there are no safetensors
     * @param expect is told how many bytes there will be
     * @param came is told how many more there are
     */
    FoundModel fetch(String gguf, LongConsumer expect, LongConsumer came) throws IOException {
        List<HubFile> wanted = gguf.isEmpty() ? folderFiles() : List.of(ggufFile(gguf));
        expect.accept(
                wanted.stream().mapToLong(file -> Math.max(0, file.size())).sum());
        Map<String, Path> files = new TreeMap<>();
        for (HubFile file : wanted) {
            String local = file.path().substring(file.path().lastIndexOf('/') + 1);
            files.put(local, one(file, folder.resolve(local), came));
        }
        boolean single = wanted.size() == 1 && wanted.getFirst().path().endsWith(FoundModel.GGUF);
        return new FoundModel(single ? files.values().iterator().next() : folder, files);
    }

    private List<HubFile> folderFiles() throws IOException {
        Map<String, HubFile> there = repository.files().stream()
                .filter(file -> file.path().matches("[A-Za-z0-9_][A-Za-z0-9._-]*"))
                .collect(Collectors.toMap(HubFile::path, file -> file, (a, _) -> a, TreeMap::new));
        HubFile index = there.get(FoundModel.INDEX);
        Set<String> weights = Set.of(FoundModel.WEIGHTS);
        if (index != null) {
            if (index.size() > LARGEST_INDEX) {
                throw noWeights(there.keySet());
            }
            weights = FoundModel.shards(Files.readAllBytes(one(index, folder.resolve(FoundModel.INDEX), _ -> {})));
        }
        List<HubFile> wanted = new ArrayList<>();
        for (HubFile file : there.values()) {
            if (FoundModel.isBesideWeights(file.path()) || weights.contains(file.path())) {
                wanted.add(file);
            }
        }
        if (wanted.stream().noneMatch(file -> file.path().endsWith(FoundModel.SAFETENSORS))) {
            return List.of(onlyGguf(there.keySet()));
        }
        return wanted;
    }

    private HubFile onlyGguf(Set<String> names) {
        List<HubFile> all = repository.files().stream()
                .filter(file -> file.path().endsWith(FoundModel.GGUF))
                .toList();
        if (all.isEmpty()) {
            throw noWeights(names);
        }
        if (all.size() > 1) {
            String choices = all.stream().map(HubFile::path).collect(Collectors.joining(", "));
            throw CodedException.user(
                            "hub_file_ambiguous",
                            name + " has several GGUF files.",
                            "Name one of them: " + choices + ".")
                    .with("model", name)
                    .with("files", choices);
        }
        return all.getFirst();
    }

    private HubFile ggufFile(String path) {
        return repository.files().stream()
                .filter(file -> file.path().equals(path) && path.endsWith(FoundModel.GGUF))
                .findFirst()
                .orElseThrow(() -> CodedException.user(
                                "hub_file_missing",
                                name + " has no GGUF file " + path + ".",
                                "Check the name of the file on the hub's page.")
                        .with("model", name)
                        .with("file", path));
    }

    private CodedException noWeights(Set<String> names) {
        boolean pickle = names.stream().anyMatch(file -> file.matches(".*\\.(bin|pt|pth|pkl|ckpt)"));
        return pickle
                ? CodedException.user(
                                "weights_are_pickled",
                                name + " has its weights as a Python pickle, which can run any code when it is read.",
                                "Choose a repository with safetensors files.")
                        .with("model", name)
                : CodedException.user(
                                "weights_missing",
                                name + " has no safetensors and no GGUF file.",
                                "Choose a repository with safetensors files.")
                        .with("model", name);
    }

    private Path one(HubFile file, Path place, LongConsumer came) throws IOException {
        if (file.path().endsWith(FoundModel.SAFETENSORS) || file.path().endsWith(FoundModel.GGUF)) {
            requireHash(file);
        }
        if (Files.exists(place)) {
            came.accept(Files.size(place));
            return place;
        }
        Path part = place.resolveSibling(place.getFileName() + ".part");
        if (Files.exists(part)) {
            came.accept(Files.size(part));
        }
        for (int attempt = 1; !isWhole(file, part); attempt++) {
            try {
                more(file, part, came);
                if (file.size() < 0) {
                    break;
                }
            } catch (IOException broken) {
                if (attempt == TRIES) {
                    throw HubClient.unavailable("%s breaks off".formatted(file.path()))
                            .because(broken);
                }
                pause(attempt);
            }
        }
        requireRight(file, part);
        return Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isWhole(HubFile file, Path part) throws IOException {
        return Files.exists(part) && file.size() >= 0 && Files.size(part) >= file.size();
    }

    private void more(HubFile file, Path part, LongConsumer came) throws IOException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        Content content = hub.open(name, repository.commit(), file.path(), have);
        StandardOpenOption mode =
                content.from() == have ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        if (content.from() != have) {
            came.accept(-have);
        }
        try (InputStream in = content.bytes();
                OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, mode)) {
            byte[] piece = new byte[PIECE];
            long at = content.from();
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                at += count;
                if (file.size() >= 0 && at > file.size()) {
                    throw damaged(file);
                }
                out.write(piece, 0, count);
                came.accept(count);
            }
            if (file.size() >= 0 && at < file.size()) {
                throw new IOException("ended at byte %d of %d".formatted(at, file.size()));
            }
        }
    }

    private void requireHash(HubFile file) {
        if (!file.sha256().matches("[0-9a-f]{64}") || file.size() < 0) {
            throw CodedException.user(
                            "hub_checksum_missing",
                            "The hub gives no size and no SHA-256 for " + file.path() + " of " + name + ".",
                            "Take the model from a hub that does, or import its folder.")
                    .with("model", name)
                    .with("file", file.path());
        }
    }

    private void requireRight(HubFile file, Path part) throws IOException {
        if (file.sha256().isEmpty()) {
            return;
        }
        MessageDigest digest = sha256();
        try (OutputStream sum = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(part, sum);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
            Files.delete(part);
            throw damaged(file);
        }
    }

    private CodedException damaged(HubFile file) {
        return CodedException.resources(
                        "hub_file_damaged",
                        file.path() + " of " + name + " did not arrive as the hub describes it.",
                        "Start the import again; if it happens again, take the model from another hub.")
                .with("model", name)
                .with("file", file.path());
    }

    private static void pause(int attempt) throws IOException {
        try {
            Thread.sleep(PAUSE.multipliedBy(1L << attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
