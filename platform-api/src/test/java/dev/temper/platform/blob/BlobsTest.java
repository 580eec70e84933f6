package dev.temper.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@PlatformTest
class BlobsTest {
    private static final String HASH_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Autowired
    private Blobs blobs;

    @Autowired
    private BlobFolders folders;

    @Autowired
    private BlobSettings settings;

    @Autowired
    private World world;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private SettableClock clock;

    private Inhabitant ours;

    @BeforeEach
    void tenant() {
        ours = world.owner();
    }

    @Test
    void contentIsFoundByItsHashAndKeptOnce() {
        Blob first = store(ours, "abc");
        Blob second = store(ours, "abc");

        assertThat(first).isEqualTo(second).isEqualTo(new Blob(HASH_OF_ABC, 3));
        assertThat(read(ours, HASH_OF_ABC, 1)).isEqualTo("bc");
        assertThat(ours.<Long>does(blobs::used)).isEqualTo(3);
    }

    @Test
    void bytesThatACrashLeftWithoutTheirRowAreRemoved() throws IOException {
        Blob kept = store(ours, "abc");
        Path bytes = folders.content().resolve(ours.tenant().id() + "/" + "ff/" + "f".repeat(64));
        Files.createDirectories(Objects.requireNonNull(bytes.getParent()));
        Files.writeString(bytes, "left");

        assertThat(ours.<Integer>does(blobs::collectStrays)).isEqualTo(1);
        assertThat(bytes).doesNotExist();
        assertThat(read(ours, kept.hash(), 0)).isEqualTo("abc");
        assertThat(ours.<Long>does(blobs::used)).isEqualTo(3);
        assertThat(ours.<Integer>does(blobs::collectStrays)).isZero();
    }

    @Test
    void whatNobodyGoesOnWithIsSweptFromTheStaging(@TempDir Path folder) throws IOException {
        BlobFolders own = BlobFolders.under(folder);
        Path dead = Files.createDirectories(own.staging().resolve("import-1"));
        Path live = Files.createDirectories(own.staging().resolve("import-2"));
        Path spilt = Files.createDirectories(own.spill()).resolve("old.tmp");
        Instant now = Instant.now();
        for (Path file : List.of(dead.resolve("rows"), live.resolve("old"), live.resolve("rows"), spilt)) {
            Files.writeString(file, "x");
        }
        FileTime old = FileTime.from(now.minus(Duration.ofHours(30)));
        for (Path file : List.of(dead.resolve("rows"), dead, live.resolve("old"), live, spilt)) {
            Files.setLastModifiedTime(file, old);
        }

        new Staging(own, new FolderStore(own.content()), settings).sweep(now.minus(Duration.ofHours(24)));

        assertThat(dead).doesNotExist();
        assertThat(spilt).doesNotExist();
        assertThat(live.resolve("rows")).exists();
        assertThat(live.resolve("old")).doesNotExist();
    }

    @Test
    void anotherTenantFindsNothingByTheSameHash() {
        store(ours, "abc");
        Inhabitant stranger = world.owner();

        assertThat(stranger.does(() -> blobs.find(HASH_OF_ABC))).isEmpty();
        assertThatThrownBy(() -> read(stranger, HASH_OF_ABC, 0)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> hold(stranger, HASH_OF_ABC)).hasMessageContaining("not_found");
    }

    @Test
    void onlyWhatNothingHoldsIsCollectedAndOnlyAfterItsGrace() {
        Blob held = store(ours, "held");
        Blob loose = store(ours, "loose");
        BlobOwner owner = hold(ours, held.hash());

        assertThat(collect()).isZero();
        clock.advance(Duration.ofHours(25));
        assertThat(collect()).isEqualTo(1);
        assertThat(ours.does(() -> blobs.find(loose.hash()))).isEmpty();
        assertThatThrownBy(() -> read(ours, loose.hash(), 0)).isInstanceOf(UncheckedIOException.class);
        assertThat(read(ours, held.hash(), 0)).isEqualTo("held");

        ours.does(() -> transaction.execute(_ -> {
            blobs.release(owner);
            return true;
        }));
        assertThat(collect()).isEqualTo(1);
        assertThat(ours.does(() -> blobs.find(held.hash()))).isEmpty();
    }

    @Test
    void storingAgainRenewsTheGrace() {
        Blob blob = store(ours, "again");
        clock.advance(Duration.ofHours(23));
        store(ours, "again");
        clock.advance(Duration.ofHours(2));

        assertThat(collect()).isZero();
        assertThat(read(ours, blob.hash(), 0)).isEqualTo("again");
    }

    @Test
    void whatIsNotStoredLeavesNothingBehind() throws IOException {
        List<String> before = staged();
        assertThatThrownBy(() -> ours.does(() -> blobs.store(out -> {
                    out.write(1);
                    throw new IOException("cut off");
                })))
                .hasMessageContaining("cut off");

        assertThat(staged()).isSubsetOf(before);
    }

    private List<String> staged() throws IOException {
        try (Stream<java.nio.file.Path> there = Files.list(folders.staging())) {
            return there.map(java.nio.file.Path::toString).toList();
        }
    }

    @Test
    void moreThanTheQuotaIsRefused() {
        assertThatThrownBy(() -> ours.does(() -> {
                    blobs.refuseAboveQuota(Long.MAX_VALUE);
                    return true;
                }))
                .hasMessageContaining("storage_quota_exceeded");
    }

    private Blob store(Inhabitant who, String text) {
        return who.does(() -> blobs.store(out -> out.write(text.getBytes(StandardCharsets.UTF_8))));
    }

    private String read(Inhabitant who, String hash, long from) {
        return who.does(() -> {
            try (InputStream in = blobs.open(hash, from)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private BlobOwner hold(Inhabitant who, String hash) {
        BlobOwner owner = new BlobOwner("test-thing", Ids.next());
        who.does(() -> transaction.execute(_ -> {
            blobs.hold(hash, owner);
            return true;
        }));
        return owner;
    }

    private int collect() {
        return ours.does(blobs::collect);
    }
}
