package io.souverix.twin.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.drift.DriftStatus;
import io.souverix.twin.core.drift.DriftSummary;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.LifecyclePhase;
import io.souverix.twin.core.event.OperationalState;
import io.souverix.twin.core.lifecycle.Update;
import io.souverix.twin.core.trust.Expiry;
import io.souverix.twin.core.trust.IntegrityState;
import io.souverix.twin.core.trust.TrustSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Sums of random nodes. `-Dseed=N`.
class GroupSumsTest {
    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);

    GroupSumsTest() {
        System.out.println("GroupSumsTest seed " + seed);
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private Facets node() {
        return new Facets(
                any(ConnectivityState.values()),
                any(new Long[] {Facets.NO_DEBT, Facets.UNKNOWN_DEBT, random.nextLong(1L << 51)}),
                random.nextInt(-1, 5),
                random.nextInt(5),
                random.nextInt(9),
                any(LifecyclePhase.values()),
                any(Update.State.values()),
                random.nextBoolean(),
                random.nextBoolean(),
                any(OperationalState.values()),
                any(DriftStatus.values()),
                new DriftSummary(
                        random.nextInt(3),
                        random.nextInt(3),
                        random.nextInt(3),
                        random.nextInt(3),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean()),
                new TrustSummary(
                        any(IntegrityState.values()), random.nextInt(10_001), any(Expiry.values())),
                random.nextBoolean() ? "domain-" + random.nextInt(3) : null,
                random.nextInt(-1, 4),
                random.nextInt(16),
                null,
                "1.0.0",
                null);
    }

    @Test
    void nodes_summed_together_first_add_up_to_the_same() {
        GroupSums oneByOne = new GroupSums();
        GroupSums together = new GroupSums();
        List<Facets> all = new ArrayList<>();
        for (int part = 0; part < 20; part++) {
            GroupSums sums = new GroupSums();
            for (int i = random.nextInt(100); i > 0; i--) {
                Facets node = node();
                all.add(node);
                oneByOne.add(node, 1);
                sums.add(node, 1);
            }
            together.add(sums);
        }
        assertThat(together)
                .as("seed " + seed)
                .usingRecursiveComparison()
                .ignoringFieldsOfTypes(CountedLongs.class)
                .ignoringFields("changes")
                .isEqualTo(oneByOne);
        requireSame(together.debts, oneByOne.debts);
        requireSame(together.backlogs, oneByOne.backlogs);
        // Counting them out again finds each of them.
        all.forEach(node -> together.add(node, -1));
        assertThat(together)
                .as("seed " + seed)
                .usingRecursiveComparison()
                .ignoringFieldsOfTypes(CountedLongs.class)
                .ignoringFields("changes")
                .isEqualTo(new GroupSums());
        assertThat(together.debts.count() + together.backlogs.count()).isZero();
    }

    private void requireSame(CountedLongs found, CountedLongs expected) {
        assertThat(found.count()).as("seed " + seed).isEqualTo(expected.count());
        for (long rank = 0; rank < expected.count(); rank++) {
            assertThat(CountedLongs.select(List.of(found), rank))
                    .as("seed " + seed)
                    .isEqualTo(CountedLongs.select(List.of(expected), rank));
        }
    }

    @Test
    void facets_are_read_as_they_were_written_beside_the_debt() {
        for (int i = 0; i < 200; i++) {
            Facets node = node();
            StateWriter out = new StateWriter();
            node.writeShared(out);
            Facets read = Facets.readShared(new StateReader(out.toByteArray(), Sharing.NONE));
            assertThat(read.owed()).isEqualTo(Facets.Owed.NONE);
            assertThat(read.with(node.owed())).as("seed " + seed).isEqualTo(node);
        }
    }
}
