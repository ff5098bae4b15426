package io.souverix.twin.core.trust;

import io.souverix.twin.core.event.Worded;

/// What a part of trust says, from best to worst.
public enum Verdict implements Worded {
    AFFIRMING("affirming"),
    WARNING("warning"),
    NONE("none"),
    CONTRAINDICATED("contraindicated");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
