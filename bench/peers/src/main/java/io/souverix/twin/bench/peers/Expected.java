package io.souverix.twin.bench.peers;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What must come out, by plain maps.
record Expected(long events, Map<String, String> states, Map<String, Long> counts) {
    static Expected of(List<PeerEvent> events) {
        Set<String> seen = new HashSet<>();
        Map<String, PeerEvent> newest = new HashMap<>();
        for (PeerEvent event : events) {
            if (seen.add(event.key()) && event.state() != null) {
                newest.merge(
                        event.subject(),
                        event,
                        (a, b) -> a.order().compareTo(b.order()) >= 0 ? a : b);
            }
        }
        Map<String, String> states = new HashMap<>();
        Map<String, Long> counts = new TreeMap<>();
        newest.forEach((node, event) -> {
            String state = String.valueOf(event.state());
            states.put(node, state);
            counts.merge(state, 1L, Long::sum);
        });
        return new Expected(seen.size(), states, counts);
    }

    List<String> nodes() {
        return new ArrayList<>(states.keySet());
    }

    /// Nobody may skip a part of the job.
    void check(String when, Peer peer) throws Exception {
        require(when + ", events", events, peer.events());
        Map<String, Long> found = new TreeMap<>(peer.counts());
        found.values().removeIf(count -> count == 0);
        require(when + ", counts", counts, found);
    }

    void checkState(String node, @Nullable String found) {
        require("state of " + node, String.valueOf(states.get(node)), String.valueOf(found));
    }

    private static void require(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new IllegalStateException(what + ": found " + found + ", expected " + expected);
        }
    }
}
