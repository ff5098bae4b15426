package io.souverix.twin.engine.shard;

import io.souverix.twin.core.drift.DriftSummary;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.query.Condition;
import io.souverix.twin.core.query.Condition.All;
import io.souverix.twin.core.query.Condition.Any;
import io.souverix.twin.core.query.Condition.Check;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.past.Face;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields that a node's [Face] tells: they decide of the past before anything is folded, and the
/// index is over most of them.
final class FaceFields {
    /// By name, what facets tell.
    static final Map<String, Told<Facets>> OF_FACETS = ofFacets();

    /// By name, what an identity tells.
    static final Map<String, Told<Identity>> OF_IDENTITY = ofIdentity();

    /// By name, what facets tell and no index is over: it changes too often, or has too many values.
    private static final Map<String, Told<Facets>> UNINDEXED = unindexed();

    private FaceFields() {}

    /// How a field is told.
    ///
    /// @param source what its values are made of: while that is the same, they are
    /// @param values what filters are held against
    record Told<S>(Function<S, @Nullable Object> source, Function<S, List<?>> values) {
        /// A field with one value at most.
        static <S> Told<S> one(Function<S, @Nullable Object> read) {
            return of(read, read);
        }

        static <S> Told<S> of(
                Function<S, @Nullable Object> source, Function<S, @Nullable Object> read) {
            return new Told<>(
                    source,
                    from -> {
                        Object value = read.apply(from);
                        return value == null ? List.of() : List.of(value);
                    });
        }
    }

    private static Map<String, Told<Facets>> ofFacets() {
        Map<String, Told<Facets>> fields = new HashMap<>();
        fields.put("connectivity.state", word(Facets::connectivity));
        fields.put("lifecycle.phase", word(Facets::phase));
        fields.put("lifecycle.update.state", word(Facets::update));
        fields.put("lifecycle.maintenance.open", Told.one(Facets::inMaintenance));
        fields.put("drift.status", word(Facets::status));
        fields.put("drift.evaluated", Told.one(facets -> facets.status().evaluated()));
        fields.put("drift.severity", drift(drift -> severity(drift.worst())));
        fields.put("drift.score", drift(drift -> BigDecimal.valueOf(drift.scoreTenths(), 1)));
        fields.put("drift.findings", drift(drift -> BigDecimal.valueOf(drift.total())));
        fields.put("trust.integrity_state", word(facets -> facets.trust().state()));
        return Map.copyOf(fields);
    }

    private static Map<String, Told<Facets>> unindexed() {
        return Map.of(
                "lifecycle.software.desired_version", Told.one(Facets::desiredVersion),
                "lifecycle.software.actual_version", Told.one(Facets::actualVersion),
                "connectivity.message_backlog", Told.one(facets -> count(facets.backlog())),
                "trust.trust_score",
                        Told.one(facets -> BigDecimal.valueOf(facets.trust().basisPoints(), 4)));
    }

    private static @Nullable BigDecimal count(long count) {
        return count < 0 ? null : BigDecimal.valueOf(count);
    }

    private static Told<Facets> drift(Function<DriftSummary, @Nullable Object> read) {
        return Told.of(Facets::drift, facets -> read.apply(facets.drift()));
    }

    private static Map<String, Told<Identity>> ofIdentity() {
        return Map.of(
                "identity.region", Told.one(Identity::region),
                "identity.zone", Told.one(Identity::zone),
                "identity.trust_domain", Told.one(Identity::trustDomain),
                "identity.component_type", Told.one(Identity::componentType),
                "identity.clusters", new Told<>(Identity::clusters, Identity::clusters));
    }

    private static String severity(@Nullable Severity worst) {
        return worst == null ? "none" : worst.word();
    }

    private static Told<Facets> word(Function<Facets, @Nullable Worded> read) {
        return Told.of(
                read::apply,
                facets -> {
                    Worded value = read.apply(facets);
                    return value == null ? null : value.word();
                });
    }

    /// Whether a node with that face passes a condition; null where its face does not tell.
    static @Nullable Boolean passes(Condition condition, Face face) {
        return switch (condition) {
            case All(List<Condition> parts) -> decided(parts, face, false);
            case Any(List<Condition> parts) -> decided(parts, face, true);
            case Check<?> check -> passes(check, face);
        };
    }

    /// One part that is so decides; else it is the contrary where every part is told.
    private static @Nullable Boolean decided(List<Condition> parts, Face face, boolean decisive) {
        boolean told = true;
        for (Condition part : parts) {
            Boolean passes = passes(part, face);
            if (passes == null) {
                told = false;
            } else if (passes == decisive) {
                return decisive;
            }
        }
        return told ? !decisive : null;
    }

    private static @Nullable Boolean passes(Check<?> check, Face face) {
        String name = check.field().name();
        Told<Facets> ofFacets = OF_FACETS.getOrDefault(name, UNINDEXED.get(name));
        if (ofFacets != null) {
            return matches(check, ofFacets.values().apply(face.facets()));
        }
        Told<Identity> ofIdentity = OF_IDENTITY.get(name);
        return ofIdentity == null
                ? null
                : matches(check, ofIdentity.values().apply(face.identity()));
    }

    /// The cast is sound: a field's kind is that of the values read for it.
    @SuppressWarnings("unchecked")
    private static <T> boolean matches(Check<T> check, List<?> values) {
        for (Object value : values) {
            if (check.matches().test((T) value)) {
                return !check.negated();
            }
        }
        return check.negated();
    }
}
