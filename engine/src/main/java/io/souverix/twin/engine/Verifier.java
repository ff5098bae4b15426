package io.souverix.twin.engine;

import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.engine.TwinEngine.DigestPair;
import io.souverix.twin.engine.TwinEngine.Verification;
import io.souverix.twin.engine.commit.Committer;
import io.souverix.twin.engine.log.LogCheck;
import io.souverix.twin.engine.shard.Shard;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Checks the log byte by byte, folds it again from nothing beside what is served, and compares:
/// every node's state, then the digest of each projection.
final class Verifier {
    /// How many differences are told.
    static final int MAX_DIFFERENCES = 20;

    private final Foundation served;
    private final EngineOptions options;
    private final FleetQueries servedQueries;
    private final Committer committer;
    private final List<String> differences = new ArrayList<>();

    Verifier(
            Foundation served,
            EngineOptions options,
            FleetQueries servedQueries,
            Committer committer) {
        this.served = served;
        this.options = options;
        this.servedQueries = servedQueries;
        this.committer = committer;
    }

    Verification verify(TwinEngine.Progress progress) {
        LogCheck check =
                served.log().verify((done, all) -> progress.report("bytes of the log", done, all));
        // Nothing is written to the log meanwhile, so both sides end at the same event.
        return committer.still(() -> {
            long now = Times.micros(options.clock().instant());
            servedQueries.tick(now);
            return servedQueries.still(() -> compare(check, now, progress));
        });
    }

    private Verification compare(LogCheck check, long now, TwinEngine.Progress progress) {
        EngineOptions atNow = options.withClock(InstantSource.fixed(Times.instant(now)));
        Foundation again = Foundation.without(served.log(), served.sboms(), atNow, progress);
        FleetQueries refolded = new FleetQueries(again.shards(), again.fleet(), () -> now);
        List<DigestPair> digests = new ArrayList<>();
        digests.add(
                pair(
                        "events",
                        servedQueries.totals().digest().plus(served.fleet().digest()).hex(),
                        refolded.totals().digest().plus(again.fleet().digest()).hex()));
        digests.add(twins(again));
        for (Projection projection : Projection.values()) {
            digests.add(
                    pair(
                            projection.word(),
                            servedQueries.digest(projection, now),
                            refolded.digest(projection, now)));
        }
        return new Verification(
                check.records(), servedQueries.totals().nodes(), differences, digests);
    }

    private DigestPair pair(String name, String servedDigest, String refoldedDigest) {
        if (!servedDigest.equals(refoldedDigest)) {
            differ(
                    "digest of "
                            + name
                            + ": served "
                            + servedDigest
                            + ", refolded "
                            + refoldedDigest);
        }
        return new DigestPair(name, servedDigest, refoldedDigest);
    }

    private void differ(String what) {
        if (differences.size() < MAX_DIFFERENCES) {
            differences.add(what);
        }
    }

    /// Compares every node's state; the digest is the sum of the states' hashes.
    private DigestPair twins(Foundation again) {
        Map<String, EventHash> hashes = new HashMap<>();
        EventHash refoldedSum = EventHash.ZERO;
        long place = served.log().droppedBefore();
        for (Shard shard : again.shards()) {
            shard.queries().states(place, (id, state) -> hashes.put(id, hash(id, state)));
        }
        for (EventHash hash : hashes.values()) {
            refoldedSum = refoldedSum.plus(hash);
        }
        EventHash[] servedSum = {EventHash.ZERO};
        for (Shard shard : served.shards()) {
            shard.queries()
                    .states(
                            place,
                            (id, state) -> {
                                EventHash hash = hash(id, state);
                                servedSum[0] = servedSum[0].plus(hash);
                                if (!hash.equals(hashes.remove(id))) {
                                    differ("the twin of " + id + " differs");
                                }
                            });
        }
        hashes.keySet().stream()
                .limit(MAX_DIFFERENCES)
                .forEach(id -> differ("the twin of " + id + " is not served"));
        return pair("twins", servedSum[0].hex(), refoldedSum.hex());
    }

    private static EventHash hash(String id, byte[] state) {
        byte[] name = id.getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(name, name.length + 1 + state.length);
        System.arraycopy(state, 0, all, name.length + 1, state.length);
        return EventHash.of(all, all.length);
    }
}
