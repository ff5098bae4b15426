package io.souverix.twin.core.event;

/// From where a domain is governed.
public enum AuthorityLevel implements Worded {
    GLOBAL("global"),
    REGIONAL("regional"),
    LOCAL("local"),
    AUTONOMOUS("autonomous");

    private final String word;

    AuthorityLevel(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
