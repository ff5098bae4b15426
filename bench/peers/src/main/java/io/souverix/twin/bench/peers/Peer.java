package io.souverix.twin.bench.peers;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// What is compared with the service.
interface Peer {
    /// Takes a batch; what comes back is durable. States may follow a little later.
    void append(List<PeerEvent> batch) throws Exception;

    /// Waits until everything that was appended is in the states and counts.
    default void settle() throws Exception {}

    /// How many different events there are.
    long events() throws Exception;

    /// How many nodes are in each state.
    Map<String, Long> counts() throws Exception;

    /// The current state of a node.
    @Nullable String state(String node) throws Exception;

    /// Throws states and counts away and makes them again from the events.
    void replay() throws Exception;

    /// Ends it; what it wrote is deleted by the caller.
    void close() throws Exception;
}
