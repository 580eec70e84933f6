package dev.temper.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.audit.ChainVerdict.Broken;
import dev.temper.platform.audit.ChainVerdict.Damage;
import dev.temper.platform.audit.ChainVerdict.Intact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of damage, at every place of a chain. */
class ChainCheckTest {
    private static final UUID TENANT = new UUID(7, 7);
    private static final int LENGTH = 7;

    private final List<AuditEvent> rows = chain(LENGTH);
    private final ChainCheck.End end = new ChainCheck.End(LENGTH, rows.getLast().hash());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 50})
    void acceptsWhatWasWritten(int length) {
        List<AuditEvent> chain = chain(length);
        String last = chain.isEmpty() ? ChainHash.NONE : chain.getLast().hash();
        assertThat(ChainCheck.check(TENANT, new ChainCheck.End(length, last), chain.iterator()))
                .isEqualTo(new Intact(TENANT, length, last));
    }

    @Test
    void namesTheChangedRow() {
        for (int at = 0; at < LENGTH; at++) {
            AuditEvent row = rows.get(at);
            List<AuditEvent> tampered = new ArrayList<>(rows);
            tampered.set(at, withTarget(row, row.targetName() + "!"));
            assertBroken(tampered, Damage.CHANGED, at + 1, row.id());
        }
    }

    @Test
    void namesTheRowWhoseHashWasMadeToFitItsChange() {
        for (int at = 0; at < LENGTH - 1; at++) {
            List<AuditEvent> tampered = new ArrayList<>(rows);
            tampered.set(
                    at,
                    sealed(
                            withTarget(rows.get(at), "forged"),
                            at + 1,
                            rows.get(at).previousHash()));
            assertBroken(tampered, Damage.CHANGED, at + 1, rows.get(at).id());
        }
    }

    @Test
    void missesTheRecordedEndWhenTheWholeTailWasMadeToFit() {
        for (int at = 0; at < LENGTH; at++) {
            List<AuditEvent> tampered = new ArrayList<>(rows.subList(0, at));
            String previous = at == 0 ? ChainHash.NONE : rows.get(at - 1).hash();
            for (int i = at; i < LENGTH; i++) {
                AuditEvent forged = sealed(i == at ? withTarget(rows.get(i), "forged") : rows.get(i), i + 1, previous);
                tampered.add(forged);
                previous = forged.hash();
            }
            assertBroken(tampered, Damage.END_LOST, LENGTH, rows.getLast().id());
        }
    }

    @Test
    void namesTheRemovedRow() {
        for (int at = 0; at < LENGTH - 1; at++) {
            List<AuditEvent> tampered = new ArrayList<>(rows);
            tampered.remove(at);
            assertBroken(tampered, Damage.REMOVED, at + 1, null);
            assertBroken(renumbered(tampered), Damage.REMOVED, at + 1, null);
        }
    }

    @Test
    void namesWhereTheTailWasCut() {
        for (int left = 0; left < LENGTH; left++) {
            assertBroken(rows.subList(0, left), Damage.TRUNCATED, left + 1, null);
        }
    }

    @Test
    void namesTheInsertedRowWhetherItsHashFitsOrNot() {
        for (int at = 0; at < LENGTH; at++) {
            String previous = at == 0 ? ChainHash.NONE : rows.get(at - 1).hash();
            for (boolean fits : new boolean[] {true, false}) {
                AuditEvent forged = sealed(event(99), at + 1, previous);
                List<AuditEvent> tampered = new ArrayList<>(rows);
                tampered.add(at, fits ? forged : withTarget(forged, "misfit"));
                assertBroken(renumbered(tampered), Damage.INSERTED, at + 1, forged.id());
            }
        }
    }

    @Test
    void namesARowBehindTheEnd() {
        List<AuditEvent> tampered = new ArrayList<>(rows);
        AuditEvent forged = sealed(event(99), LENGTH + 1, rows.getLast().hash());
        tampered.add(forged);
        assertBroken(tampered, Damage.INSERTED, LENGTH + 1, forged.id());
    }

    @Test
    void namesTheFirstOfTwoThatChangedPlaces() {
        for (int one = 0; one < LENGTH; one++) {
            for (int other = one + 1; other < LENGTH; other++) {
                List<AuditEvent> tampered = new ArrayList<>(rows);
                Collections.swap(tampered, one, other);
                assertBroken(
                        renumbered(tampered),
                        Damage.REORDERED,
                        one + 1,
                        rows.get(other).id());
            }
        }
    }

    @Test
    void saysWhenTheEndItselfIsGone() {
        assertThat(ChainCheck.check(TENANT, ChainCheck.End.NONE, rows.iterator()))
                .isEqualTo(
                        new Broken(TENANT, Damage.END_LOST, 1, rows.getFirst().id(), 0));
        assertThat(ChainCheck.check(TENANT, new ChainCheck.End(LENGTH, "f".repeat(64)), rows.iterator()))
                .isEqualTo(new Broken(
                        TENANT, Damage.END_LOST, LENGTH, rows.getLast().id(), LENGTH));
    }

    /** Several damages at once: whatever is said, the row named is at or before the first place that differs. */
    @Test
    void neverAcceptsAnythingElse() {
        Random random = new Random(20261123);
        for (int round = 0; round < 2_000; round++) {
            List<AuditEvent> tampered = new ArrayList<>(rows);
            for (int blow = 0; blow <= random.nextInt(3) && !tampered.isEmpty(); blow++) {
                int at = random.nextInt(tampered.size());
                switch (random.nextInt(4)) {
                    case 0 -> tampered.remove(at);
                    case 1 ->
                        tampered.add(
                                at,
                                sealed(
                                        event(1_000 + round),
                                        at + 1,
                                        tampered.get(at).previousHash()));
                    case 2 -> tampered.set(at, withTarget(tampered.get(at), "x" + round));
                    default -> Collections.swap(tampered, at, random.nextInt(tampered.size()));
                }
            }
            if (random.nextBoolean()) {
                tampered = renumbered(tampered);
            }
            tampered.sort(Comparator.comparingLong(AuditEvent::seq));
            ChainVerdict verdict = ChainCheck.check(TENANT, end, tampered.iterator());
            if (tampered.equals(rows)) {
                assertThat(verdict).isInstanceOf(Intact.class);
            } else {
                int same = 0;
                while (same < Math.min(LENGTH, tampered.size())
                        && rows.get(same).equals(tampered.get(same))) {
                    same++;
                }
                assertThat(verdict)
                        .isInstanceOfSatisfying(
                                Broken.class, broken -> assertThat(broken.seq()).isPositive());
                assertThat(((Broken) verdict).seq()).as("%s", tampered).isGreaterThan(same - 1);
            }
        }
    }

    private void assertBroken(List<AuditEvent> tampered, Damage damage, long seq, @Nullable UUID id) {
        assertThat(ChainCheck.check(TENANT, end, tampered.iterator()))
                .isEqualTo(new Broken(TENANT, damage, seq, id, LENGTH));
    }

    private static List<AuditEvent> chain(int length) {
        List<AuditEvent> chain = new ArrayList<>();
        for (int i = 1; i <= length; i++) {
            chain.add(sealed(
                    event(i), i, i == 1 ? ChainHash.NONE : chain.getLast().hash()));
        }
        return chain;
    }

    private static List<AuditEvent> renumbered(List<AuditEvent> rows) {
        List<AuditEvent> out = new ArrayList<>();
        rows.forEach(row -> out.add(copy(row, out.size() + 1, row.targetName(), row.previousHash(), row.hash())));
        return out;
    }

    private static AuditEvent event(int number) {
        return new AuditEvent(
                new UUID(1, number),
                TENANT,
                0,
                Instant.ofEpochSecond(1_700_000_000L + number),
                "USER",
                new UUID(2, 2),
                "lin@example.org",
                "api_key_created",
                "api_key",
                "k" + number,
                "键 " + number,
                number % 2 == 0 ? null : "r-" + number,
                null,
                null,
                "{\"a\":" + number + "}",
                "",
                "");
    }

    private static AuditEvent sealed(AuditEvent row, long seq, String previousHash) {
        AuditEvent placed = copy(row, seq, row.targetName(), previousHash, "");
        return copy(placed, seq, row.targetName(), previousHash, ChainHash.of(placed));
    }

    private static AuditEvent withTarget(AuditEvent row, String name) {
        return copy(row, row.seq(), name, row.previousHash(), row.hash());
    }

    private static AuditEvent copy(AuditEvent row, long seq, String targetName, String previousHash, String hash) {
        return new AuditEvent(
                row.id(),
                row.tenantId(),
                seq,
                row.at(),
                row.actorKind(),
                row.actorId(),
                row.actorName(),
                row.action(),
                row.targetType(),
                row.targetId(),
                targetName,
                row.requestId(),
                row.address(),
                row.before(),
                row.after(),
                previousHash,
                hash);
    }
}
