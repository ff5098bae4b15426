package io.souverix.twin.core.trust;

import io.souverix.twin.core.event.Worded;

/// A node's integrity in a word; the first that holds.
public enum IntegrityState implements Worded {
    FAILED("failed"),
    UNVERIFIED("unverified"),
    STALE("stale"),
    DEGRADED("degraded"),
    VERIFIED("verified");

    private final String word;

    IntegrityState(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
