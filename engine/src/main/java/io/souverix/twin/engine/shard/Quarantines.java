package io.souverix.twin.engine.shard;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.log.LogException;
import io.souverix.twin.engine.shard.Node.Annulled;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The nodes of a shard of which something is set aside. Written by the shard's thread, read by any.
final class Quarantines {
    private static final System.Logger LOGGER = System.getLogger(Quarantines.class.getName());

    private final Map<String, Quarantine> byNode = new ConcurrentSkipListMap<>();
    private long nowMicros = Times.NONE;

    /// What is found from here on is found at this instant.
    void at(long now) {
        nowMicros = now;
    }

    /// Sets an event aside that could not be folded or counted; false where there are too many.
    boolean setAside(Node node, Event event, long address, RuntimeException thrown) {
        Annulled named = new Annulled(event.id(), event.timestampMicros());
        return setAside(
                node, named, address, Quarantine.detail("event " + event.id(), thrown), thrown);
    }

    /// Sets an event aside that could not be read; false where there are too many.
    boolean setAside(Node node, long timestampMicros, long address, LogException thrown) {
        // No id of an event has a space.
        String name = "record at " + address;
        Annulled named = new Annulled(name, timestampMicros);
        return setAside(node, named, address, Quarantine.detail(name, thrown), thrown);
    }

    private boolean setAside(
            Node node, Annulled named, long address, String why, RuntimeException thrown) {
        Quarantine standing = of(node, why, thrown);
        if (standing.isFull()) {
            return false;
        }
        standing.add(named, address, why);
        return true;
    }

    /// Notes that a node cannot be counted.
    void uncounted(Node node, RuntimeException thrown) {
        String why = Quarantine.detail("its view", thrown);
        of(node, why, thrown).uncounted(why);
    }

    private Quarantine of(Node node, String why, RuntimeException thrown) {
        Quarantine standing = node.quarantine;
        if (standing == null) {
            LOGGER.log(System.Logger.Level.ERROR, "quarantined " + node.id + ": " + why, thrown);
            standing = new Quarantine(why, nowMicros);
            node.quarantine = standing;
            byNode.put(node.id, standing);
        }
        return standing;
    }

    /// Takes a node that was restored.
    void restored(Node node) {
        if (node.quarantine != null) {
            byNode.put(node.id, node.quarantine);
        }
    }

    /// Forgets what was set aside of a node.
    void release(Node node) {
        node.quarantine = null;
        byNode.remove(node.id);
    }

    boolean has(String nodeId) {
        return byNode.containsKey(nodeId);
    }

    int size() {
        return byNode.size();
    }

    List<String> nodes() {
        return List.copyOf(byNode.keySet());
    }

    List<Quarantine.Entry> entries(int most) {
        return byNode.entrySet().stream()
                .limit(most)
                .map(entry -> entry.getValue().entry(entry.getKey()))
                .toList();
    }

    static boolean isCounted(@Nullable Quarantine quarantine) {
        return quarantine == null || quarantine.isCounted();
    }
}
