package io.souverix.twin.core.graph;

import io.souverix.twin.core.event.Worded;

/// Which way edges are followed.
public enum Direction implements Worded {
    OUT("out"),
    IN("in"),
    BOTH("both");

    private final String word;

    Direction(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    boolean followsOut() {
        return this != IN;
    }

    boolean followsIn() {
        return this != OUT;
    }
}
