package io.souverix.twin.core.fleet;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.trust.Digests;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which SBOM documents are stored, by digest, and since when. They hold for every instant, and from
/// their recording on for what was known. Immutable.
public final class Documents {
    public static final Documents NONE = new Documents(Map.of(), Long.MAX_VALUE);

    private final Map<String, Long> recorded;
    private final long knownMicros;

    private Documents(Map<String, Long> recorded, long knownMicros) {
        this.recorded = recorded;
        this.knownMicros = knownMicros;
    }

    /// These and one more.
    public Documents with(String digest, long recordedMicros) {
        Map<String, Long> more = new HashMap<>(recorded);
        more.put(digest, recordedMicros);
        return new Documents(more, knownMicros);
    }

    /// These and many more.
    public Documents with(Map<String, Long> others) {
        Map<String, Long> more = new HashMap<>(recorded);
        more.putAll(others);
        return new Documents(more, knownMicros);
    }

    /// Those that were recorded at an instant or before; all of them for [Times#NONE].
    public Documents knownAt(long micros) {
        return micros == Times.NONE ? this : new Documents(recorded, micros);
    }

    /// Whether a document with that hash, in any spelling, is stored.
    public boolean holds(@Nullable String hash) {
        Long since = hash == null ? null : recorded.get(Digests.normal(hash));
        return since != null && since <= knownMicros;
    }
}
