package io.souverix.twin.core.event;

/// A value of a closed set that the contract spells with a word.
public interface Worded {
    /// The contract's word.
    String word();
}
