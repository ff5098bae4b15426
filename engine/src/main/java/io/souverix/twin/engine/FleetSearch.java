package io.souverix.twin.engine;

import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.query.Order;
import io.souverix.twin.core.query.Order.SortKey;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.TwinEngine.TwinsPage;
import io.souverix.twin.engine.commit.FleetSubjects;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.query.Digest;
import io.souverix.twin.engine.query.ListQuery;
import io.souverix.twin.engine.shard.Queries.Seen;
import io.souverix.twin.engine.shard.Search;
import io.souverix.twin.engine.shard.Search.Hit;
import io.souverix.twin.engine.shard.Shard;
import io.souverix.twin.engine.shard.Sought;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Questions with filters to the whole fleet: what the shards find, merged, from one state of all.
final class FleetSearch {
    private static final JsonReader READER = new JsonReader();

    private static final JsonObject QUARANTINED =
            new JsonObject.Builder().put("quarantined", true).build();

    private final List<Shard> shards;
    private final FleetQueries fleet;
    private final FleetSubjects subjects;
    private final LongSupplier nowMicros;
    private final PagesAhead ahead = new PagesAhead();

    FleetSearch(
            List<Shard> shards,
            FleetQueries fleet,
            FleetSubjects subjects,
            LongSupplier nowMicros) {
        this.shards = List.copyOf(shards);
        this.fleet = fleet;
        this.subjects = subjects;
        this.nowMicros = nowMicros;
    }

    /// What is looked for, and all timers fired that the index needs to speak of it.
    private Sought sought(CompiledFilter filter, AsOf pinned) {
        boolean indexed = subjects.isStanding(pinned);
        if (indexed) {
            fleet.tick(nowMicros.getAsLong());
        }
        return new Sought(filter, pinned, indexed, subjects);
    }

    /// A page of twins.
    ///
    /// @param pinned what is asked, for the first page and those after it
    /// @param after the cursor of the page before
    TwinsPage page(ListQuery query, AsOf pinned, @Nullable PageCursor after) {
        return page(query, query.order(), pinned, after);
    }

    private <T> TwinsPage page(
            ListQuery query, Order<T> order, AsOf pinned, @Nullable PageCursor after) {
        SortKey<T> key = after == null ? null : order.read(read(after.after()));
        Sought sought = sought(query.effectiveFilter(), pinned);
        List<Seen> seen = new ArrayList<>();
        SortKey<T> last = first(list(query), sought, order, key, query.limit(), seen);
        List<JsonObject> twins = new ArrayList<>(seen.size());
        for (Seen twin : seen) {
            twins.add(shown(query, twin, pinned));
        }
        String next =
                last == null
                        ? null
                        : new PageCursor(list(query), pinned, JsonWriter.text(order.write(last)))
                                .token();
        return new TwinsPage(twins, pinned, next);
    }

    /// A twin in a list; one that cannot be shown costs no other its place.
    private JsonObject shown(ListQuery query, Seen twin, AsOf pinned) {
        String id = twin.view().twin().id();
        boolean aside = shards.stream().anyMatch(shard -> shard.queries().isQuarantined(id));
        JsonObject meta = aside ? QUARANTINED : JsonObject.EMPTY;
        try {
            return query.selection()
                    .of(
                            twin.view(),
                            () -> TwinQueries.joined(TwinQueries.meta(twin, pinned), meta));
        } catch (RuntimeException e) {
            if (!aside) {
                throw e;
            }
            JsonObject identity = new JsonObject.Builder().put("immutable_id", id).build();
            return new JsonObject.Builder().put("identity", identity).put("meta", meta).build();
        }
    }

    /// The first twins by id that a filter lets through, after one of them.
    List<Seen> byId(CompiledFilter filter, AsOf pinned, @Nullable String afterId, int limit) {
        List<Seen> seen = new ArrayList<>();
        var _ = byId(Order.BY_ID, sought(filter, pinned), afterId, limit, seen);
        return seen;
    }

    private <T> @Nullable SortKey<T> byId(
            Order<T> order, Sought sought, @Nullable String afterId, int limit, List<Seen> seen) {
        SortKey<T> after = afterId == null ? null : new SortKey<>(null, afterId);
        return first("", sought, order, after, limit, seen);
    }

    /// Asks the shards: all of them still where the index speaks, else each for itself, as a question
    /// that is pinned has the same answer whenever it is asked.
    private <T> T ask(Sought sought, Supplier<T> question) {
        return sought.indexed() ? fleet.still(question) : question.get();
    }

    /// What each shard gives: side by side where it is of the past, as that is dear and takes their
    /// locks in slices.
    private <T> List<T> each(Sought sought, Function<Search, T> question) {
        Function<Shard, T> asked = shard -> question.apply(shard.search());
        return sought.indexed()
                ? shards.stream().map(asked).toList()
                : SideBySide.each(shards, asked);
    }

    /// Fills in what is first in an order, and gives the last key where there is more.
    private <T> @Nullable SortKey<T> first(
            String list,
            Sought sought,
            Order<T> order,
            @Nullable SortKey<T> after,
            int limit,
            List<Seen> seen) {
        return ask(sought, () -> firstOf(list, sought, order, after, limit, seen)).orElse(null);
    }

    private <T> Optional<SortKey<T>> firstOf(
            String list,
            Sought sought,
            Order<T> order,
            @Nullable SortKey<T> after,
            int limit,
            List<Seen> seen) {
        List<Found<T>> found =
                sought.indexed() || order.isById() || after == null
                        ? found(sought, order, after, limit + 1)
                        : following(list, sought, order, after, limit + 1);
        boolean more = found.size() > limit;
        List<Found<T>> page = more ? found.subList(0, limit) : found;
        for (Found<T> one : page) {
            seen.add(one.search.seen(one.hit, sought));
        }
        return more ? Optional.of(page.getLast().hit.key()) : Optional.empty();
    }

    /// A node that was found, and where.
    private record Found<T>(Hit<T> hit, Search search) {}

    /// The first ones after a page of the past; those after them are kept for the pages that follow.
    private <T> List<Found<T>> following(
            String list, Sought sought, Order<T> order, SortKey<T> after, int most) {
        List<Found<T>> kept =
                ahead.next(
                        list,
                        sought.asOf(),
                        one -> order.comparator().compare(one.hit.key(), after) > 0,
                        most);
        if (kept != null) {
            return kept;
        }
        List<Found<T>> found = found(sought, order, after, PagesAhead.MAX_HITS);
        ahead.keep(list, sought.asOf(), found, found.size() < PagesAhead.MAX_HITS);
        return found.subList(0, Math.min(most, found.size()));
    }

    /// The first ones in an order; more than so many where several shards have some.
    private <T> List<Found<T>> found(
            Sought sought, Order<T> order, @Nullable SortKey<T> after, int most) {
        List<Found<T>> found =
                each(
                                sought,
                                search -> {
                                    List<Found<T>> hits = new ArrayList<>();
                                    search.first(sought, order, after, most)
                                            .forEach(hit -> hits.add(new Found<>(hit, search)));
                                    return hits;
                                })
                        .stream()
                        .flatMap(List::stream)
                        .collect(Collectors.toCollection(ArrayList::new));
        found.sort((a, b) -> order.comparator().compare(a.hit.key(), b.hit.key()));
        return found;
    }

    /// Names the list that a page is of: another filter, order or set of twins is another list.
    static String list(ListQuery query) {
        Order<?> order = query.order();
        return Digest.of(
                "twins",
                query.filter().text(),
                (order.descending() ? "-" : "") + order.field().name(),
                query.decommissioned() ? "decommissioned" : "");
    }

    /// The key in a cursor.
    ///
    /// @throws IllegalArgumentException where it is none
    static Json read(String key) {
        try {
            return READER.read(key.getBytes(StandardCharsets.UTF_8));
        } catch (JsonFault _) {
            throw new IllegalArgumentException("found a key that no page of this list gave");
        }
    }

    /// Visits every twin that the filter lets through. The view is valid during the visit only.
    void views(CompiledFilter filter, AsOf pinned, Consumer<TwinView> visitor) {
        Sought sought = sought(filter, pinned);
        var _ =
                ask(
                        sought,
                        () -> {
                            shards.forEach(shard -> shard.search().views(sought, visitor));
                            return true;
                        });
    }

    /// The same, gathered a part a shard.
    ///
    /// @param part makes an empty one
    <T> List<T> gathered(
            CompiledFilter filter, AsOf pinned, Supplier<T> part, BiConsumer<T, TwinView> add) {
        Sought sought = sought(filter, pinned);
        return ask(
                sought,
                () ->
                        each(
                                sought,
                                search -> {
                                    T gathered = part.get();
                                    search.views(sought, view -> add.accept(gathered, view));
                                    return gathered;
                                }));
    }

    /// Adds up the twins that the filter lets through, a part a shard.
    List<GroupedSums> sums(CompiledFilter filter, AsOf pinned, List<Dimension> by) {
        Sought sought = sought(filter, pinned);
        return ask(
                sought,
                () ->
                        each(
                                sought,
                                search -> {
                                    GroupedSums sums = new GroupedSums(by);
                                    search.faces(sought, face -> sums.add(face, 1));
                                    return sums;
                                }));
    }
}
