package io.souverix.twin.core.query;

import io.souverix.twin.core.event.Worded;

/// How a field is compared with what a filter says.
public enum Operator implements Worded {
    EQUAL("=="),
    NOT_EQUAL("!="),
    GREATER("=gt="),
    GREATER_OR_EQUAL("=ge="),
    LESS("=lt="),
    LESS_OR_EQUAL("=le="),
    IN("=in="),
    OUT("=out=");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    @Override
    public String word() {
        return symbol;
    }

    /// Whether it holds exactly where another one does not: a field without a value matches it.
    public boolean negated() {
        return this == NOT_EQUAL || this == OUT;
    }

    /// Whether it asks for an order.
    boolean ordering() {
        return switch (this) {
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> true;
            case EQUAL, NOT_EQUAL, IN, OUT -> false;
        };
    }

    /// Whether the order of a value against the one of the filter fits.
    ///
    /// @param order negative, zero or positive, as [Comparable] says
    boolean fits(int order) {
        return switch (this) {
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case EQUAL, NOT_EQUAL, IN, OUT -> order == 0;
        };
    }
}
