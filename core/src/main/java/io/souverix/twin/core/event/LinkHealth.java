package io.souverix.twin.core.event;

/// How well a link carries, in falling order.
public enum LinkHealth implements Worded {
    OK("ok"),
    DEGRADED("degraded"),
    DOWN("down");

    private final String word;

    LinkHealth(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
