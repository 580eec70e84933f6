package dev.temper.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.SettableClock;
import dev.temper.platform.tenant.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An upload has nothing in memory between two calls, so each test is also one of restarts in between. */
@PlatformTest
class UploadsTest {
    @Autowired
    private Uploads uploads;

    @Autowired
    private Blobs blobs;

    @Autowired
    private BlobStore store;

    @Autowired
    private Cursors cursors;

    @Autowired
    private World world;

    @Autowired
    private SettableClock clock;

    private final byte[] content = new byte[Uploads.PART_SIZE + 3];
    private Inhabitant ours;

    @BeforeEach
    void tenant() {
        ours = world.owner();
        new Random(1).nextBytes(content);
    }

    @Test
    void partsComeInAnyOrderAndBecomeTheFile() throws IOException {
        UUID id = begin(hash());

        assertThat(part(id, 1).missing()).containsExactly(0);
        assertThat(part(id, 0).received()).isEqualTo(content.length);
        UploadView done = ours.does(() -> uploads.finish(id));

        assertThat(done.state()).isEqualTo(UploadState.FINISHED);
        assertThat(done.hash()).isEqualTo(hash());
        assertThat(ours.does(() -> read(hash()))).isEqualTo(content);
        assertThat(ours.does(() -> uploads.finish(id))).isEqualTo(done);
        assertThat(parts()).as("what the parts took").isEmpty();
        assertThat(ours.<Long>does(blobs::used)).isEqualTo(content.length);
    }

    @Test
    void whatIsMissingIsToldAndSentAgain() {
        UUID id = begin(null);
        part(id, 1);

        assertThat(ours.does(() -> uploads.unfinished(cursors.query(10, null, "test")))
                        .items())
                .singleElement()
                .satisfies(upload -> assertThat(upload.missing()).containsExactly(0));
        assertThatThrownBy(() -> ours.does(() -> uploads.finish(id))).hasMessageContaining("upload_incomplete");
        assertThat(part(id, 1).missing()).as("the same part again").containsExactly(0);
    }

    @Test
    void aConnectionThatBreaksLosesThePartAlone() {
        UUID id = begin(null);
        part(id, 1);
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(content, 0, 1_000), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                throw new IOException("connection reset");
            }
        });

        assertThatThrownBy(() -> send(id, 0, broken, null)).hasMessageContaining("body_interrupted");
        assertThat(ours.does(() -> uploads.get(id)).missing()).containsExactly(0);
        part(id, 0);
        assertThat(ours.does(() -> uploads.finish(id)).hash()).isEqualTo(hash());
    }

    @Test
    void anotherFilesPartIsRefused() {
        UUID id = begin(null);
        part(id, 1);

        assertThatThrownBy(() -> send(id, 1, new ByteArrayInputStream(new byte[3]), null))
                .hasMessageContaining("upload_other_file");
        for (int length : new int[] {2, 4}) {
            assertThatThrownBy(() -> send(id, 1, new ByteArrayInputStream(new byte[length]), null))
                    .hasMessageContaining("upload_part_size");
        }
        assertThatThrownBy(() -> send(id, 2, InputStream.nullInputStream(), null))
                .hasMessageContaining("not_found");
    }

    @Test
    void aPartThatArrivesChangedIsNotKept() {
        UUID id = begin(null);

        assertThatThrownBy(() -> send(id, 1, new ByteArrayInputStream(new byte[3]), "0".repeat(64)))
                .hasMessageContaining("upload_part_damaged");
        assertThat(ours.does(() -> uploads.get(id)).missing()).containsExactly(0, 1);
    }

    @Test
    void aWholeThatIsNotWhatWasAnnouncedIsNotKept() {
        UUID id = begin("0".repeat(64));
        part(id, 0);
        part(id, 1);

        assertThatThrownBy(() -> ours.does(() -> uploads.finish(id))).hasMessageContaining("upload_damaged");
        assertThat(ours.does(() -> blobs.find(hash()))).isEmpty();
        assertThat(ours.does(() -> uploads.get(id)).state()).isEqualTo(UploadState.OPEN);
    }

    @Test
    void whatIsCancelledOrLeftAloneIsGone() throws IOException {
        UUID cancelled = begin(null);
        part(cancelled, 1);
        ours.does(() -> {
            uploads.cancel(cancelled);
            return true;
        });
        assertThatThrownBy(() -> ours.does(() -> uploads.get(cancelled))).hasMessageContaining("not_found");
        assertThat(parts()).isEmpty();

        UUID left = begin(null);
        part(left, 1);
        clock.advance(Duration.ofHours(23));
        sweep();
        assertThat(parts()).hasSize(1);
        clock.advance(Duration.ofHours(2));
        sweep();
        assertThatThrownBy(() -> ours.does(() -> uploads.get(left))).hasMessageContaining("not_found");
        assertThat(parts()).isEmpty();
        assertThat(ours.<Long>does(blobs::used)).isZero();
    }

    @Test
    void anUploadClaimsItsPlaceAndIsItsSendersAlone() {
        UUID id = begin(null);

        assertThat(ours.<Long>does(blobs::used)).isEqualTo(content.length);
        assertThatThrownBy(() -> ours.does(() -> uploads.begin("huge", Long.MAX_VALUE, null)))
                .hasMessageContaining("storage_quota_exceeded");
        assertThatThrownBy(() -> world.owner().does(() -> uploads.get(id))).hasMessageContaining("not_found");
        assertThatThrownBy(() -> world.member(ours.tenant(), Role.MEMBER).does(() -> uploads.get(id)))
                .hasMessageContaining("not_found");
        assertThatThrownBy(
                        () -> world.member(ours.tenant(), Role.VIEWER).does(() -> uploads.begin("no right", 1, null)))
                .hasMessageContaining("action_not_allowed");
    }

    private UUID begin(@Nullable String expected) {
        return ours.does(() -> uploads.begin("rows.jsonl", content.length, expected))
                .id();
    }

    private UploadView part(UUID id, int number) {
        int from = number * Uploads.PART_SIZE;
        byte[] bytes = Arrays.copyOfRange(content, from, Math.min(content.length, from + Uploads.PART_SIZE));
        send(id, number, new ByteArrayInputStream(bytes), null);
        return ours.does(() -> uploads.get(id));
    }

    private void send(UUID id, int number, InputStream bytes, @Nullable String hash) {
        ours.does(() -> {
            uploads.part(id, number, bytes, hash);
            return true;
        });
    }

    private void sweep() {
        ours.does(() -> {
            uploads.sweep();
            return true;
        });
    }

    private List<String> parts() throws IOException {
        return store.keys(ours.tenant().id() + "/uploads/");
    }

    private byte[] read(String hash) {
        try (InputStream in = blobs.open(hash, 0)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String hash() {
        return HexFormat.of().formatHex(StagedBlob.sha256().digest(content));
    }
}
