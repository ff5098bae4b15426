package io.souverix.twin.core.event;

/// What kind of domain it is.
public enum DomainKind implements Worded {
    REGION("region"),
    ZONE("zone"),
    TRUST_DOMAIN("trust_domain");

    private final String word;

    DomainKind(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
