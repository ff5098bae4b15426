package io.souverix.twin.core.trust;

/// What aggregates count of a node's trust.
///
/// @param basisPoints the score, 0 to 10,000
public record TrustSummary(IntegrityState state, int basisPoints, Expiry expiry) {}
