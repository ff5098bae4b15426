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
    /// Empty ones are shared: most nodes never run more than a few.
    private List<RunningSbom> runs = List.of();

    /// What events say is in an SBOM, by its hash; the newest that says so.
    private Map<String, Inlined> described = Map.of();

    private boolean retired;

    SbomRuns copy() {
        SbomRuns copy = new SbomRuns();
        copy.runs = runs.isEmpty() ? runs : new ArrayList<>(runs);
        copy.described = described.isEmpty() ? described : new TreeMap<>(described);
        copy.retired = retired;
        return copy;
    }

    private void add(RunningSbom run) {
        if (runs.isEmpty()) {
            runs = new ArrayList<>(1);
        }
        runs.add(run);
    }

    List<RunningSbom> all() {
        return Collections.unmodifiableList(runs);
    }

    /// Takes what an event says is in an SBOM.
    void describe(SbomUpdated sbom, Sharing sharing) {
        if (!sbom.dependencies().isEmpty()) {
            if (described.isEmpty()) {
                described = new TreeMap<>();
            }
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
            add(new RunningSbom(micros, last.hash(), last.inlined(), now));
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
            add(new RunningSbom(micros, sharing.text(hash), inlined, retired));
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
        SbomRuns read = new SbomRuns();
        read.retired = in.truth();
        List<RunningSbom> runs = in.list(RunningSbom::read);
        read.runs = runs.isEmpty() ? List.of() : runs;
        Map<String, Inlined> described = new TreeMap<>();
        var _ = in.list(i -> described.put(i.text(), RunningSbom.readInlined(i)));
        read.described = described.isEmpty() ? Map.of() : described;
        return read;
    }
}
