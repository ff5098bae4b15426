package io.souverix.twin.engine.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What answers about the whole fleet need of a node at an instant.
///
/// @param counted the parts of its twin that are counted, filtered, sorted and drawn, and its findings
/// @param fingerprint SHA-256 of the canonical text of the whole twin
/// @param certificate the leaf of its chain; null where it has none
/// @param dependencies of the SBOM it runs, as JSON text; `[]` where they are not known
public record NodeAt(
        String id,
        Projections.Counted counted,
        String fingerprint,
        List<Sighting> sightings,
        @Nullable Map<String, @Nullable Object> certificate,
        String dependencies) {
    private static final Map<String, List<String>> KEPT =
            Map.of(
                    "identity",
                            List.of(
                                    "immutable_id",
                                    "component_type",
                                    "region",
                                    "zone",
                                    "clusters",
                                    "trust_domain"),
                    "connectivity",
                            List.of(
                                    "state",
                                    "since",
                                    "last_sync",
                                    "sync_debt_seconds",
                                    "message_backlog",
                                    "return_eta",
                                    "replay"),
                    "lifecycle", List.of("phase", "software", "update", "maintenance"),
                    "operational", List.of("state"),
                    "trust", List.of("integrity_state", "trust_score", "certificate_valid_until"),
                    "drift", List.of("status", "score", "severity", "findings"),
                    "meta", List.of("at", "revision"));

    /// @param twin whole, as is the drift analysis
    static NodeAt of(
            Question asked,
            Map<String, @Nullable Object> twin,
            Map<String, @Nullable Object> drift,
            String dependencies) {
        Projections.Counted whole = new Projections.Counted(twin, drift);
        List<Map<String, @Nullable Object>> chain = new ChainOfTrust(asked).shown();
        return new NodeAt(
                asked.node(),
                new Projections.Counted(
                        kept(twin),
                        parts(drift, List.of("evaluated", "findings", "findings_total"))),
                Canonical.hash(PlainJson.canonical(twin)),
                Raised.by(asked, whole, Ledger.ledger(asked)),
                chain.isEmpty() ? null : chain.getFirst(),
                dependencies);
    }

    private static Map<String, @Nullable Object> kept(Map<String, @Nullable Object> twin) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        KEPT.forEach((part, names) -> {
            Map<String, @Nullable Object> whole = Members.object(twin, part);
            kept.put(part, whole == null ? null : parts(whole, names));
        });
        kept.put("authority", twin.get("authority"));
        kept.put("relationships", twin.get("relationships"));
        return kept;
    }

    private static Map<String, @Nullable Object> parts(
            Map<String, @Nullable Object> whole, List<String> names) {
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        names.forEach(name -> parts.put(name, whole.get(name)));
        return parts;
    }

    /// What stands in the twin at a path of members; null where nothing does.
    public @Nullable Object at(String... path) {
        return counted.at(path);
    }

    /// Whether that is its twin, whole.
    public boolean isWhole(Map<String, @Nullable Object> found) {
        return Canonical.hash(PlainJson.canonical(found)).equals(fingerprint);
    }

    /// The parts of its twin that are kept.
    public Map<String, @Nullable Object> twin() {
        return counted.twin();
    }

    public List<Map<String, @Nullable Object>> findings() {
        return counted.findings();
    }

    public boolean isDecommissioned() {
        return counted.isDecommissioned();
    }
}
