package io.souverix.twin.engine.changes;

import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.changes.Message.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// What is watched beside the nodes: aggregates and lists of the fleet. A client is given each whole at
/// first, then what differs from what was told last. Thread-safe.
final class Wholes {
    private final Tables tables;
    private final Lists lists;
    private final ChangeRing ring;
    private final RenderedBytes rendered;

    Wholes(
            Function<TableKey, JsonObject> table,
            Function<Listing, Listed> listing,
            ChangeRing ring,
            RenderedBytes rendered) {
        this.tables = new Tables(table);
        this.lists = new Lists(listing);
        this.ring = ring;
        this.rendered = rendered;
    }

    /// Begins to compare what a watch is of.
    void begin(Watch watch) {
        watch.tables().forEach(tables::begin);
        watch.listings().forEach(lists::begin);
    }

    /// All that a watch is of, as it is.
    List<Message> snapshots(Watch watch) {
        List<Message> messages = new ArrayList<>();
        watch.tables().forEach(key -> messages.add(snapshot(tables.now(key))));
        watch.listings().stream().sorted().forEach(l -> messages.add(snapshot(lists.now(l))));
        return messages;
    }

    private static Message snapshot(JsonObject data) {
        return Message.once(Kind.SNAPSHOT, null, 0, data);
    }

    /// Compares no aggregates any more that nobody watches; false where none is watched.
    boolean retainTables(List<Channel> channels) {
        Set<TableKey> keys = new HashSet<>();
        channels.forEach(channel -> keys.addAll(channel.watch().tables()));
        tables.retain(keys);
        return !keys.isEmpty();
    }

    /// Tells the rows of aggregates that differ.
    void tellTables(List<Channel> channels) {
        tables.differences()
                .forEach((key, difference) ->
                        tell(channels, watch -> watch.tables().contains(key), difference));
    }

    /// Tells the items of lists that differ.
    void tellLists(List<Channel> channels) {
        Set<Listing> watched = EnumSet.noneOf(Listing.class);
        channels.forEach(channel -> watched.addAll(channel.watch().listings()));
        lists.retain(watched);
        lists.differences()
                .forEach((listing, difference) ->
                        tell(channels, watch -> watch.listings().contains(listing), difference));
    }

    private void tell(List<Channel> channels, Predicate<Watch> concerns, JsonObject difference) {
        for (Channel channel : channels) {
            if (concerns.test(channel.watch())) {
                long sequence = channel.examined();
                ChangePosition position = ring.position(sequence);
                channel.tell(
                        new Message(
                                Kind.CHANGE,
                                position,
                                sequence,
                                true,
                                null,
                                () -> ChangeJson.rows(position, difference),
                                rendered));
            }
        }
    }
}
