package io.souverix.twin.engine.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The places of a shard's nodes in the order of their ids, and where each place stands in it.
/// Immutable; made on when it is asked for and nodes were added, which are few at a time as nodes
/// never go. The caller holds the shard's lock.
final class IdOrder {
    private final Roster roster;
    private final int[] places;
    private volatile int @Nullable [] rankOfPlace;

    private IdOrder(Roster roster, int[] places) {
        this.roster = roster;
        this.places = places;
    }

    /// That of no node yet.
    static IdOrder of(Roster roster) {
        return new IdOrder(roster, new int[0]);
    }

    /// This one, with the nodes of the places behind those that it has.
    IdOrder upToDate() {
        int size = roster.size();
        if (size == places.length) {
            return this;
        }
        return new IdOrder(roster, merged(places, sorted(places.length, size)));
    }

    /// Some places by their ids; mostly they are in that order already.
    private int[] sorted(int from, int to) {
        PlacedIds ids = roster.ids();
        IntStream places = IntStream.range(from, to);
        for (int place = from + 1; place < to; place++) {
            if (ids.compare(place - 1, place) > 0) {
                return places.boxed().sorted(ids::compare).mapToInt(Integer::intValue).toArray();
            }
        }
        return places.toArray();
    }

    private int[] merged(int[] a, int[] b) {
        if (a.length == 0) {
            return b;
        }
        PlacedIds ids = roster.ids();
        int[] all = new int[a.length + b.length];
        int ofA = 0;
        int ofB = 0;
        for (int i = 0; i < all.length; i++) {
            boolean first = ofB == b.length || (ofA < a.length && ids.compare(a[ofA], b[ofB]) < 0);
            all[i] = first ? a[ofA++] : b[ofB++];
        }
        return all;
    }

    int size() {
        return places.length;
    }

    int place(int rank) {
        return places[rank];
    }

    Node node(int rank) {
        return roster.node(places[rank]);
    }

    void forEach(Consumer<Node> visitor) {
        for (int place : places) {
            visitor.accept(roster.node(place));
        }
    }

    /// The next ones after an id, at most so many.
    ///
    /// @param id null for the first
    List<Node> next(@Nullable String id, int most) {
        int from = after(id);
        int to = Math.min(places.length, from + most);
        List<Node> next = new ArrayList<>(to - from);
        for (int rank = from; rank < to; rank++) {
            next.add(node(rank));
        }
        return next;
    }

    /// The ids of the next ones after an id, at most so many.
    List<String> idsAfter(@Nullable String id, int most) {
        int from = after(id);
        return IntStream.range(from, Math.min(places.length, from + most))
                .mapToObj(rank -> roster.id(places[rank]))
                .toList();
    }

    /// Where the node of a place stands. A lost race makes the same once more.
    int rank(int place) {
        int[] ranks = rankOfPlace;
        if (ranks == null) {
            ranks = new int[places.length];
            for (int rank = 0; rank < places.length; rank++) {
                ranks[places[rank]] = rank;
            }
            rankOfPlace = ranks;
        }
        return ranks[place];
    }

    /// The rank of the first node whose id is greater.
    ///
    /// @param id null for the first of all
    int after(@Nullable String id) {
        int low = 0;
        int high = id == null ? 0 : places.length;
        while (id != null && low < high) {
            int middle = (low + high) >>> 1;
            if (roster.id(places[middle]).compareTo(id) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
