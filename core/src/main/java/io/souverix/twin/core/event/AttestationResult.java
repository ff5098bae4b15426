package io.souverix.twin.core.event;

/// What an attestation found.
public enum AttestationResult implements Worded {
    VERIFIED("verified"),
    FAILED("failed"),
    STALE("stale"),
    UNVERIFIED("unverified");

    private final String word;

    AttestationResult(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
