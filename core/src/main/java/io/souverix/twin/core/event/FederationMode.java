package io.souverix.twin.core.event;

/// How a domain syncs with its upstream.
public enum FederationMode implements Worded {
    CONTINUOUS("continuous"),
    OPPORTUNISTIC("opportunistic"),
    PUSH("push");

    private final String word;

    FederationMode(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
