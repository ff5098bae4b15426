package io.souverix.twin.engine.sbom;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.SbomUpdated;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Documents;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.trust.Digests;
import io.souverix.twin.core.trust.Inlined;
import io.souverix.twin.engine.sbom.SbomDiff.Contents;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The SBOMs of each component on a node, in their order, with what changed from one to the next. For
/// one question, by one thread.
public final class Lineage {
    /// How many SBOMs of a component are listed: the newest.
    public static final int MAX_STEPS = 100;

    private final Sboms sboms;
    private final Documents known;
    private final Map<String, Deque<Step>> byComponent = new TreeMap<>();

    private record Step(Event event, SbomUpdated sbom) {}

    /// @param known the documents that count
    public Lineage(Sboms sboms, Documents known) {
        this.sboms = sboms;
        this.known = known;
    }

    /// Takes the next `sbom_updated` of the walk.
    public void add(Event event) {
        if (event.payload() instanceof SbomUpdated sbom) {
            Deque<Step> steps =
                    byComponent.computeIfAbsent(sbom.component(), _ -> new ArrayDeque<>());
            steps.add(new Step(event, sbom));
            if (steps.size() > MAX_STEPS + 1) {
                steps.removeFirst();
            }
        }
    }

    /// The steps, sorted by component and then as they came about.
    ///
    /// @param runningHash of the SBOM of what runs, or null
    public Json json(@Nullable String runningHash) {
        String running = runningHash == null ? "" : Digests.normal(runningHash);
        List<Json> rows = new ArrayList<>();
        for (Deque<Step> steps : byComponent.values()) {
            Contents before = null;
            int left = steps.size();
            for (Step step : steps) {
                Contents contents = contents(step.sbom());
                if (left-- <= MAX_STEPS) {
                    rows.add(row(step, running, before, contents));
                }
                before = contents;
            }
        }
        return new JsonArray(rows);
    }

    /// What is known to be in an SBOM: by the stored document, or else by the event; null for nothing.
    private @Nullable Contents contents(SbomUpdated sbom) {
        Optional<SbomDocument> document = sboms.document(sbom.sbomHash(), known);
        if (document.isPresent()) {
            return Contents.of(document.get());
        }
        return sbom.dependencies().isEmpty() ? null : Contents.of(Inlined.of(sbom.dependencies()));
    }

    private Json row(
            Step step, String running, @Nullable Contents before, @Nullable Contents contents) {
        String hash = Digests.normal(step.sbom().sbomHash());
        return new JsonObject.Builder()
                .put("component", step.sbom().component())
                .put("version", step.sbom().version())
                .put("sbom_hash", step.sbom().sbomHash())
                .put("timestamp", Times.text(step.event().timestampMicros()))
                .put("event_id", step.event().id())
                .put("provenance", step.sbom().provenance())
                .put("stored", known.holds(hash))
                .put("running", hash.equals(running))
                .put(
                        "packages",
                        contents == null ? JsonLiteral.NULL : Json.of(contents.versions().size()))
                .put(
                        "changes",
                        before == null || contents == null
                                ? JsonLiteral.NULL
                                : SbomDiff.between(before, contents))
                .build();
    }
}
