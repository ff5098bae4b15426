package io.souverix.twin.core.fleet;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.trust.Digests;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which SBOM documents are stored, by digest, and since when. They hold for every instant, and from
/// their recording on for what was known. Immutable.
public final class Documents {
    public static final Documents NONE = new Documents(Map.of(), Long.MAX_VALUE, Times.NONE);

    private final Map<String, Long> recorded;
    private final long knownMicros;
    private final long newestMicros;

    private Documents(Map<String, Long> recorded, long knownMicros, long newestMicros) {
        this.recorded = recorded;
        this.knownMicros = knownMicros;
        this.newestMicros = newestMicros;
    }

    private static Documents of(Map<String, Long> recorded, long knownMicros) {
        long newest =
                recorded.values().stream().mapToLong(Long::longValue).max().orElse(Times.NONE);
        return new Documents(recorded, knownMicros, newest);
    }

    /// These and one more.
    public Documents with(String digest, long recordedMicros) {
        Map<String, Long> more = new HashMap<>(recorded);
        more.put(digest, recordedMicros);
        return of(more, knownMicros);
    }

    /// These and many more.
    public Documents with(Map<String, Long> others) {
        Map<String, Long> more = new HashMap<>(recorded);
        more.putAll(others);
        return of(more, knownMicros);
    }

    /// Those that were recorded at an instant or before; all of them for [Times#NONE].
    public Documents knownAt(long micros) {
        return micros == Times.NONE ? this : new Documents(recorded, micros, newestMicros);
    }

    /// The digests of all of them, whenever they were recorded.
    public Set<String> digests() {
        return Set.copyOf(recorded.keySet());
    }

    /// Whether all of them were recorded at an instant or before, or it is [Times#NONE].
    public boolean areKnownAt(long micros) {
        return micros == Times.NONE || newestMicros <= micros;
    }

    /// Whether a document with that hash, in any spelling, is stored.
    public boolean holds(@Nullable String hash) {
        Long since = hash == null ? null : recorded.get(Digests.normal(hash));
        return since != null && since <= knownMicros;
    }
}
