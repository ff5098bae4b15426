package io.souverix.twin.core.trust;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Payload.SbomUpdated;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which SBOM a node ran when. Grows at its end only, so that what ran at an instant is a search.
/// Mutable: the fold applies events in the order of the walk.
final class SbomRuns {
    private final List<RunningSbom> runs;

    /// What events say is in an SBOM, by its hash; the newest that says so.
    private final Map<String, Inlined> described;

    private boolean retired;

    SbomRuns() {
        this(new ArrayList<>(), new TreeMap<>());
    }

    private SbomRuns(List<RunningSbom> runs, Map<String, Inlined> described) {
        this.runs = runs;
        this.described = described;
    }

    SbomRuns copy() {
        SbomRuns copy = new SbomRuns(new ArrayList<>(runs), new TreeMap<>(described));
        copy.retired = retired;
        return copy;
    }

    List<RunningSbom> all() {
        return Collections.unmodifiableList(runs);
    }

    /// Takes what an event says is in an SBOM.
    void describe(SbomUpdated sbom, Sharing sharing) {
        if (!sbom.dependencies().isEmpty()) {
            described.put(
                    sharing.text(Digests.normal(sbom.sbomHash())),
                    sharing.value(Inlined.of(sbom.dependencies())));
        }
    }

    /// Says whether the node is decommissioned after an event; true where that is new.
    boolean retired(boolean now, long micros) {
        if (now == retired) {
            return false;
        }
        retired = now;
        if (!runs.isEmpty()) {
            RunningSbom last = runs.getLast();
            runs.add(new RunningSbom(micros, last.hash(), last.inlined(), now));
        }
        return true;
    }

    boolean isRetired() {
        return retired;
    }

    /// Says what runs after an event.
    void runs(@Nullable String sbomHash, long micros, Sharing sharing) {
        if (sbomHash == null) {
            return;
        }
        RunningSbom last = runs.isEmpty() ? null : runs.getLast();
        String hash = Digests.normal(sbomHash);
        Inlined inlined = Objects.requireNonNullElse(described.get(hash), Inlined.NONE);
        if (last == null || !last.hash().equals(hash) || !last.inlined().equals(inlined)) {
            runs.add(new RunningSbom(micros, sharing.text(hash), inlined, retired));
        }
    }

    void write(StateWriter out) {
        out.truth(retired);
        out.list(runs, (o, run) -> run.write(o));
        out.list(
                List.copyOf(described.entrySet()),
                (o, entry) -> RunningSbom.write(o.text(entry.getKey()), entry.getValue()));
    }

    static SbomRuns read(StateReader in) {
        boolean retired = in.truth();
        SbomRuns read = new SbomRuns(in.list(RunningSbom::read), new TreeMap<>());
        read.retired = retired;
        var _ = in.list(i -> read.described.put(i.text(), RunningSbom.readInlined(i)));
        return read;
    }
}
