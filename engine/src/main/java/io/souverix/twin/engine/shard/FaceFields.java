package io.souverix.twin.engine.shard;

import io.souverix.twin.core.drift.DriftSummary;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Times;
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

/// The fields that a node's [Face] tells: they decide of the past, and order it, before anything is
/// folded, and the index is over most of them.
final class FaceFields {
    static final String COMPONENT_TYPE = "identity.component_type";
    static final String REGION = "identity.region";
    static final String ZONE = "identity.zone";
    static final String DESIRED_VERSION = "lifecycle.software.desired_version";
    static final String ACTUAL_VERSION = "lifecycle.software.actual_version";

    /// By name, what facets tell.
    static final Map<String, Told<Facets>> OF_FACETS = ofFacets();

    /// By name, what an identity tells.
    static final Map<String, Told<Identity>> OF_IDENTITY = ofIdentity();

    /// By name, what facets tell and no index is over: it changes too often, or has too many values.
    private static final Map<String, Told<Facets>> UNINDEXED = unindexed();

    private static final String ID = "identity.immutable_id";
    private static final String DEBT = "connectivity.sync_debt";
    private static final String DEBT_SECONDS = "connectivity.sync_debt_seconds";

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

    /// Whether two facets tell the same in every field of [#OF_FACETS]: most that differ do, as
    /// backlogs and debts are not among them.
    static boolean tellSame(Facets a, Facets b) {
        return a.connectivity() == b.connectivity()
                && a.phase() == b.phase()
                && a.update() == b.update()
                && a.inMaintenance() == b.inMaintenance()
                && a.status() == b.status()
                && a.drift().equals(b.drift())
                && a.trust().state() == b.trust().state();
    }

    private static Map<String, Told<Facets>> unindexed() {
        return Map.of(
                DESIRED_VERSION,
                Told.one(Facets::desiredVersion),
                ACTUAL_VERSION,
                Told.one(Facets::actualVersion),
                "lifecycle.update.overdue",
                Told.one(FaceFields::overdue),
                "connectivity.message_backlog",
                Told.one(facets -> count(facets.backlog())),
                "trust.trust_score",
                Told.one(facets -> BigDecimal.valueOf(facets.trust().basisPoints(), 4)));
    }

    private static @Nullable Boolean overdue(Facets facets) {
        return facets.update() == null ? null : (Boolean) facets.overdue();
    }

    private static @Nullable BigDecimal count(long count) {
        return count < 0 ? null : BigDecimal.valueOf(count);
    }

    private static Told<Facets> drift(Function<DriftSummary, @Nullable Object> read) {
        return Told.of(Facets::drift, facets -> read.apply(facets.drift()));
    }

    private static Map<String, Told<Identity>> ofIdentity() {
        return Map.of(
                REGION,
                Told.one(Identity::region),
                ZONE,
                Told.one(Identity::zone),
                "identity.trust_domain",
                Told.one(Identity::trustDomain),
                COMPONENT_TYPE,
                Told.one(Identity::componentType),
                "identity.clusters",
                new Told<>(Identity::clusters, Identity::clusters));
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

    /// The values of a field of a node, as filters and orders take them; null where its face does not
    /// tell.
    ///
    /// @param nowMicros the instant that elapsed times are measured to
    static @Nullable List<?> values(String field, String id, Face face, long nowMicros) {
        Told<Facets> ofFacets = OF_FACETS.getOrDefault(field, UNINDEXED.get(field));
        if (ofFacets != null) {
            return ofFacets.values().apply(face.facets());
        }
        Told<Identity> ofIdentity = OF_IDENTITY.get(field);
        if (ofIdentity != null) {
            return ofIdentity.values().apply(face.identity());
        }
        return switch (field) {
            case ID -> List.of(id);
            case DEBT -> debt(face.facets().debtFromMicros(), nowMicros);
            case DEBT_SECONDS ->
                    debt(face.facets().debtFromMicros(), nowMicros).stream()
                            .map(BigDecimal::valueOf)
                            .toList();
            default -> null;
        };
    }

    private static List<Long> debt(long fromMicros, long nowMicros) {
        if (fromMicros == Facets.UNKNOWN_DEBT) {
            return List.of();
        }
        return List.of(
                fromMicros == Facets.NO_DEBT ? 0 : Times.elapsedSeconds(fromMicros, nowMicros));
    }

    /// Whether a node with that face passes a condition; null where its face does not tell.
    static @Nullable Boolean passes(Condition condition, String id, Face face, long nowMicros) {
        return switch (condition) {
            case All(List<Condition> parts) -> decided(parts, id, face, nowMicros, false);
            case Any(List<Condition> parts) -> decided(parts, id, face, nowMicros, true);
            case Check<?> check -> {
                List<?> values = values(check.field().name(), id, face, nowMicros);
                yield values == null ? null : (Boolean) matches(check, values);
            }
        };
    }

    /// One part that is so decides; else it is the contrary where every part is told.
    private static @Nullable Boolean decided(
            List<Condition> parts, String id, Face face, long nowMicros, boolean decisive) {
        boolean told = true;
        for (Condition part : parts) {
            Boolean passes = passes(part, id, face, nowMicros);
            if (passes == null) {
                told = false;
            } else if (passes == decisive) {
                return decisive;
            }
        }
        return told ? !decisive : null;
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
