package io.souverix.twin.core.fleet;

import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the connectivity of a group of nodes is shown. What their syncs are overdue by grows with time;
/// all else is kept.
final class ConnectivityRow implements Row {
    private static final BigInteger HOUR_MICROS = BigInteger.valueOf(GroupSums.HOUR_MICROS);

    private final JsonObject head;
    private final JsonObject byState;
    private final JsonObject backlog;
    private final JsonObject replaying;
    private final SyncDebts debts;

    /// @param head the members before
    ConnectivityRow(JsonObject head, ShardSums sums) {
        this.head = head;
        byState = sums.counts(ConnectivityState.values(), true, one -> one.byState).keepingText();
        long waiting = sums.sum(one -> one.backlogs.count());
        List<CountedLongs> backlogs = sums.list().stream().map(one -> one.backlogs).toList();
        backlog =
                new JsonObject.Builder()
                        .put("total", sums.sum(one -> one.backlogTotal))
                        .put("max", waiting == 0 ? 0 : CountedLongs.largest(backlogs))
                        .put("nodes", waiting)
                        .build()
                        .keepingText();
        replaying =
                new JsonObject.Builder()
                        .put("processed", sums.sum(one -> one.replayProcessed))
                        .put("total", sums.sum(one -> one.replayTotal))
                        .build()
                        .keepingText();
        debts = new SyncDebts(sums);
    }

    @Override
    public JsonObject at(Catalogue catalogue, long nowMicros) {
        return JsonObject.Builder.of(head)
                .put("by_state", byState)
                .put("sync_debt", debts.at(nowMicros))
                .put("backlog", backlog)
                .put("replaying", replaying)
                .build();
    }

    /// Since when nodes have not synced: the live ones owe nothing, then come the others, the latest
    /// sync first.
    private static final class SyncDebts {
        private final long known;
        private final long owing;
        private final BigInteger from;
        private final List<CountedLongs> all;
        private final @Nullable Long median;
        private final @Nullable Long nearlyAll;
        private final @Nullable Long oldest;

        SyncDebts(ShardSums sums) {
            all = sums.list().stream().map(one -> one.debts).toList();
            owing = sums.sum(one -> one.debts.count());
            known = sums.sum(one -> one.liveNodes) + owing;
            from =
                    BigInteger.valueOf(sums.sum(one -> one.debtHigh))
                            .multiply(HOUR_MICROS)
                            .add(BigInteger.valueOf(sums.sum(one -> one.debtLow)));
            median = percentile(50);
            nearlyAll = percentile(95);
            oldest = owing == 0 ? null : (Long) CountedLongs.smallest(all);
        }

        /// The sync of the node of that nearest rank; null where it owes nothing.
        private @Nullable Long percentile(int percent) {
            long rank = (percent * known + 99) / 100;
            long live = known - owing;
            return rank <= live ? null : (Long) CountedLongs.select(all, owing - (rank - live));
        }

        JsonObject at(long nowMicros) {
            return SyncDebt.json(
                    known == 0 ? JsonLiteral.NULL : Json.of(mean(nowMicros)),
                    seconds(median, nowMicros),
                    seconds(nearlyAll, nowMicros),
                    seconds(oldest, nowMicros));
        }

        private Json seconds(@Nullable Long since, long nowMicros) {
            if (known == 0) {
                return JsonLiteral.NULL;
            }
            return Json.of(since == null ? 0 : Times.elapsedSeconds(since, nowMicros));
        }

        /// The mean of the exact elapsed times, cut to the second.
        private long mean(long nowMicros) {
            if (owing == 0) {
                return 0;
            }
            long ahead = 0;
            for (CountedLongs debts : all) {
                ahead += debts.excessAbove(nowMicros);
            }
            return BigInteger.valueOf(nowMicros)
                    .multiply(BigInteger.valueOf(owing))
                    .subtract(from)
                    .add(BigInteger.valueOf(ahead))
                    .divide(BigInteger.valueOf(known * Times.MICROS_PER_SECOND))
                    .longValueExact();
        }
    }
}
