package io.souverix.twin.engine.shard;

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

/// The fields that a node's [Face] tells: the index is over these, and they decide of the past before
/// anything is folded.
final class FaceFields {
    /// By name, what facets tell.
    static final Map<String, Function<Facets, List<?>>> OF_FACETS = ofFacets();

    /// By name, what an identity tells.
    static final Map<String, Function<Identity, List<?>>> OF_IDENTITY = ofIdentity();

    private FaceFields() {}

    private static Map<String, Function<Facets, List<?>>> ofFacets() {
        Map<String, Function<Facets, List<?>>> fields = new HashMap<>();
        fields.put("connectivity.state", word(Facets::connectivity));
        fields.put("lifecycle.phase", word(Facets::phase));
        fields.put("lifecycle.update.state", word(Facets::update));
        fields.put("lifecycle.maintenance.open", one(Facets::inMaintenance));
        fields.put("drift.status", word(Facets::status));
        fields.put("drift.severity", one(facets -> severity(facets.drift().worst())));
        fields.put(
                "drift.score", one(facets -> BigDecimal.valueOf(facets.drift().scoreTenths(), 1)));
        fields.put("drift.findings", one(facets -> BigDecimal.valueOf(facets.drift().total())));
        fields.put("drift.evaluated", one(facets -> facets.status().evaluated()));
        fields.put("trust.integrity_state", word(facets -> facets.trust().state()));
        return Map.copyOf(fields);
    }

    private static Map<String, Function<Identity, List<?>>> ofIdentity() {
        return Map.of(
                "identity.region", one(Identity::region),
                "identity.zone", one(Identity::zone),
                "identity.trust_domain", one(Identity::trustDomain),
                "identity.component_type", one(Identity::componentType),
                "identity.clusters", Identity::clusters);
    }

    private static String severity(@Nullable Severity worst) {
        return worst == null ? "none" : worst.word();
    }

    private static Function<Facets, List<?>> word(Function<Facets, @Nullable Worded> read) {
        return one(facets -> {
            Worded value = read.apply(facets);
            return value == null ? null : value.word();
        });
    }

    static <S> Function<S, List<?>> one(Function<S, @Nullable Object> read) {
        return source -> {
            Object value = read.apply(source);
            return value == null ? List.of() : List.of(value);
        };
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
        Function<Facets, List<?>> ofFacets = OF_FACETS.get(check.field().name());
        if (ofFacets != null) {
            return matches(check, ofFacets.apply(face.facets()));
        }
        Function<Identity, List<?>> ofIdentity = OF_IDENTITY.get(check.field().name());
        return ofIdentity == null ? null : matches(check, ofIdentity.apply(face.identity()));
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
