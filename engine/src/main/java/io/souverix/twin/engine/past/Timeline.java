package io.souverix.twin.engine.past;

import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.twin.Identity;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/// What concerns nodes of one component, zone and region of the catalogue, over time: the releases of
/// the component, and who governs the zone and the region.
///
/// It says itself when it is outdated; another one then tells from when on it is another.
/// Thread-safe.
public final class Timeline {
    private final Identity identity;
    private final List<Source> sources;
    private final long lastAddress;
    private final long lastAnnulment;
    private final long[] instants;
    private final Catalogue[] catalogues;
    private final LongFunction<Catalogue> at;
    private volatile boolean outdated;

    /// An event that changes what concerns the nodes.
    public record Source(long timestampMicros, EventHash hash, long address) {}

    /// @param identity of one of the nodes
    /// @param sources the events that count, sorted by timestamp
    /// @param lastAddress of any event that ever concerned the nodes, annulled ones included
    /// @param lastAnnulment the address of the last annulment of such an event, or -1
    /// @param at gives the catalogue as of an instant
    public Timeline(
            Identity identity,
            List<Source> sources,
            long lastAddress,
            long lastAnnulment,
            LongFunction<Catalogue> at) {
        this.identity = identity;
        this.sources = List.copyOf(sources);
        this.lastAddress = lastAddress;
        this.lastAnnulment = lastAnnulment;
        this.at = at;
        this.instants = sources.stream().mapToLong(Source::timestampMicros).distinct().toArray();
        this.catalogues = new Catalogue[instants.length];
    }

    public Identity identity() {
        return identity;
    }

    public boolean isOutdated() {
        return outdated;
    }

    public void outdate() {
        outdated = true;
    }

    /// The first instant after one at which the catalogue changes, or `Long.MAX_VALUE`.
    public long nextAfter(long micros) {
        int next = indexAt(micros) + 1;
        return next < instants.length ? instants[next] : Long.MAX_VALUE;
    }

    private int indexAt(long micros) {
        int found = Arrays.binarySearch(instants, micros);
        return found >= 0 ? found : -found - 2;
    }

    /// The catalogue at an instant.
    @SuppressWarnings("NullAway") // filled as it is asked for; racing threads fill in the same
    public Catalogue at(long micros) {
        int index = indexAt(micros);
        if (index < 0) {
            return Catalogue.EMPTY;
        }
        Catalogue known = catalogues[index];
        if (known == null) {
            known = at.apply(instants[index]);
            catalogues[index] = known;
        }
        return known;
    }

    /// The first instant at which another timeline of the same nodes says otherwise, or
    /// `Long.MAX_VALUE`.
    public long firstDifference(Timeline other) {
        int common = Math.min(sources.size(), other.sources.size());
        for (int i = 0; i < common; i++) {
            Source mine = sources.get(i);
            Source others = other.sources.get(i);
            if (!mine.equals(others)) {
                return Math.min(mine.timestampMicros(), others.timestampMicros());
            }
        }
        if (sources.size() == other.sources.size()) {
            return Long.MAX_VALUE;
        }
        List<Source> longer = sources.size() > common ? sources : other.sources;
        return longer.get(common).timestampMicros();
    }

    /// Whether nothing that was recorded too late for a question changes the catalogue in it.
    public boolean untouched(AsOf asOf) {
        if (lastAddress < asOf.before()) {
            return true;
        }
        return lastAnnulment < asOf.before()
                && sources.stream()
                        .noneMatch(source ->
                                source.address() >= asOf.before()
                                        && source.timestampMicros() <= asOf.atMicros());
    }
}
