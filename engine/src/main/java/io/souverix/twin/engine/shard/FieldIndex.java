package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.query.Condition.Check;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.engine.shard.FaceFields.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// Which nodes of a shard have which value, for the fields that filters name most: bitmaps over the
/// places of the nodes. Kept exact by [Census] as nodes change. The caller holds the shard's lock.
final class FieldIndex {
    private static final String ID = "identity.immutable_id";
    private static final String BATCH = "lifecycle.hardware.batch_id";
    private static final String SERIAL = "lifecycle.hardware.serial";

    private final Roster roster;
    private final Map<String, Column<?>> byField = new HashMap<>();
    private final List<Column<Facets>> ofFacets = new ArrayList<>();
    private final List<Column<Identity>> ofIdentity = new ArrayList<>();
    private final List<Column<Labels>> ofLabels = new ArrayList<>();

    /// Texts of a twin that change now and then and are much asked for.
    record Labels(
            @Nullable String desiredVersion,
            @Nullable String actualVersion,
            @Nullable String campaign,
            @Nullable String serial,
            @Nullable String batchId,
            @Nullable String firmwareVersion) {
        /// Those of a twin: the standing ones where they are the same.
        static Labels of(Twin twin, @Nullable Labels standing) {
            var desired = twin.drift().desiredVersion();
            var actual = twin.drift().actualVersion();
            var update = twin.lifecycle().update();
            var hardware = twin.lifecycle().hardware();
            Labels fresh =
                    new Labels(
                            desired == null ? null : desired.value(),
                            actual == null ? null : actual.value(),
                            update == null ? null : update.campaign(),
                            hardware.serial(),
                            hardware.batchId(),
                            hardware.firmwareVersion());
            return standing != null && standing.equals(fresh) ? standing : fresh;
        }

        /// As bytes, but for serial and batch: nearly every node would have other ones.
        void writeShared(StateWriter out) {
            out.text(desiredVersion).text(actualVersion).text(campaign).text(firmwareVersion);
        }

        /// Reads what [#writeShared] wrote; serial and batch are unknown.
        static Labels readShared(StateReader in) {
            return new Labels(
                    in.optionalText(),
                    in.optionalText(),
                    in.optionalText(),
                    null,
                    null,
                    in.optionalText());
        }

        /// The same with these.
        Labels with(@Nullable String otherSerial, @Nullable String otherBatchId) {
            return new Labels(
                    desiredVersion,
                    actualVersion,
                    campaign,
                    otherSerial,
                    otherBatchId,
                    firmwareVersion);
        }
    }

    FieldIndex(Roster roster) {
        this.roster = roster;
        FaceFields.OF_FACETS.forEach((field, told) -> add(ofFacets, field, told));
        FaceFields.OF_IDENTITY.forEach((field, told) -> add(ofIdentity, field, told));
        label(FaceFields.DESIRED_VERSION, Labels::desiredVersion);
        label(FaceFields.ACTUAL_VERSION, Labels::actualVersion);
        label("lifecycle.update.campaign", Labels::campaign);
        label(BATCH, Labels::batchId);
        label("lifecycle.hardware.firmware_version", Labels::firmwareVersion);
    }

    private void label(String field, Function<Labels, @Nullable Object> read) {
        add(ofLabels, field, Told.one(read));
    }

    private <S> void add(List<Column<S>> group, String field, Told<S> told) {
        Column<S> column = new Column<>(told);
        group.add(column);
        byField.put(field, column);
    }

    /// The nodes by the values of one field.
    private static final class Column<S> {
        private final Told<S> told;
        private final Map<Object, PlaceSet> byValue = new HashMap<>();

        Column(Told<S> told) {
            this.told = told;
        }

        void change(int place, @Nullable S before, S after) {
            if (before != null
                    && Objects.equals(told.source().apply(before), told.source().apply(after))) {
                return;
            }
            List<?> old = before == null ? List.of() : told.values().apply(before);
            List<?> fresh = told.values().apply(after);
            if (before != null && old.equals(fresh)) {
                return;
            }
            // By place: an iterator for each of a million lists of one value is a good deal of
            // garbage.
            for (int i = 0; i < old.size(); i++) {
                Object value = old.get(i);
                PlaceSet set = byValue.get(value);
                if (set != null) {
                    set.remove(place);
                    if (set.isEmpty()) {
                        byValue.remove(value);
                    }
                }
            }
            for (int i = 0; i < fresh.size(); i++) {
                set(fresh.get(i)).add(place);
            }
        }

        /// Adds the sets that a place of such a value is in.
        void addSets(S source, List<PlaceSet> sets) {
            for (Object value : told.values().apply(source)) {
                sets.add(set(value));
            }
        }

        /// The places of such a value.
        PlaceSet set(Object value) {
            return byValue.computeIfAbsent(value, _ -> new PlaceSet());
        }

        /// The cast is sound: a field's kind is that of the values read for it.
        @SuppressWarnings("unchecked")
        <T> RoaringBitmap matching(Check<T> check) {
            List<PlaceSet> sets = new ArrayList<>();
            byValue.forEach((value, set) -> {
                if (check.matches().test((T) value)) {
                    sets.add(set);
                }
            });
            return PlaceSet.or(sets);
        }
    }

    /// Takes what the node will be counted as, before the node itself says so. Whether its facets
    /// changed the caller knows.
    @SuppressWarnings("ReferenceEquality") // immutable: the standing ones where they are the same
    void change(Node node, Facets facets, boolean counted) {
        Facets before = node.facets;
        if (counted && (before == null || !FaceFields.tellSame(before, facets))) {
            change(ofFacets, node.place, before, facets);
        }
        Identity identity = node.twin().identity();
        Identity placement = node.placement();
        if (placement == null || !identity.isPlacedAs(placement)) {
            change(ofIdentity, node.place, placement, identity);
        }
        Labels labels = Labels.of(node.twin(), node.labels);
        if (labels != node.labels) {
            change(ofLabels, node.place, node.labels, labels);
            node.labels = labels;
        }
    }

    /// The sets that a node with such facets is in.
    PlaceSet[] sets(Facets facets) {
        return sets(ofFacets, facets);
    }

    /// The sets that a node with such an identity is in.
    PlaceSet[] sets(Identity identity) {
        return sets(ofIdentity, identity);
    }

    /// The sets that a node with such labels, of which the batch is not known, is in.
    PlaceSet[] sets(Labels labels) {
        return sets(ofLabels, labels);
    }

    /// The sets that a node of such a batch is in.
    PlaceSet[] ofBatch(@Nullable String batchId) {
        return batchId == null
                ? new PlaceSet[0]
                : new PlaceSet[] {Objects.requireNonNull(byField.get(BATCH)).set(batchId)};
    }

    private static <S> PlaceSet[] sets(List<Column<S>> columns, S source) {
        List<PlaceSet> sets = new ArrayList<>();
        columns.forEach(column -> column.addSets(source, sets));
        return sets.toArray(PlaceSet[]::new);
    }

    private static <S> void change(
            List<Column<S>> columns, int place, @Nullable S before, S after) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).change(place, before, after);
        }
    }

    /// The places of the nodes that pass the check, or null where its field is not indexed. Not to be
    /// changed.
    @Nullable RoaringBitmap places(Check<?> check) {
        RoaringBitmap matching = matching(check);
        return matching == null || !check.negated()
                ? matching
                : RoaringBitmap.flip(matching, 0L, roster.size());
    }

    private @Nullable RoaringBitmap matching(Check<?> check) {
        Column<?> column = byField.get(check.field().name());
        if (column != null) {
            return column.matching(check);
        }
        return switch (check.field().name()) {
            case ID -> roster.ids().passing(ofTexts(check));
            case SERIAL -> bySerial(ofTexts(check));
            default -> null;
        };
    }

    /// The cast is sound where the field is a text.
    @SuppressWarnings("unchecked")
    private static Predicate<String> ofTexts(Check<?> check) {
        return (Predicate<String>) check.matches();
    }

    /// Nearly every node has another one: they are gone through, but not looked at as twins.
    private RoaringBitmap bySerial(Predicate<String> matches) {
        RoaringBitmap places = new RoaringBitmap();
        for (int place = 0; place < roster.size(); place++) {
            Labels labels = roster.node(place).labels;
            if (labels != null && labels.serial() != null && matches.test(labels.serial())) {
                places.add(place);
            }
        }
        return places;
    }

    /// Visits some places by their values of an indexed field; those that have none as null.
    ///
    /// @param <T> the type of the values
    interface ValueVisitor<T> {
        void visit(@Nullable T value, RoaringBitmap places);
    }

    /// The cast is sound: a field's kind is that of the values read for it.
    @SuppressWarnings("unchecked")
    <T> void split(String field, RoaringBitmap places, ValueVisitor<T> visitor) {
        RoaringBitmap rest = places.clone();
        Objects.requireNonNull(byField.get(field))
                .byValue
                .forEach((value, set) -> {
                    RoaringBitmap both = set.and(places);
                    if (!both.isEmpty()) {
                        rest.andNot(both);
                        visitor.visit((T) value, both);
                    }
                });
        if (!rest.isEmpty()) {
            visitor.visit(null, rest);
        }
    }

    /// All places.
    RoaringBitmap all() {
        return RoaringBitmap.bitmapOfRange(0, roster.size());
    }

    /// The names of the fields that are indexed.
    List<String> fields() {
        return Stream.concat(byField.keySet().stream(), Stream.of(ID, SERIAL)).toList();
    }
}
