package io.souverix.twin.engine.changes;

import io.souverix.twin.core.twin.TwinView;

/// Which twins a client watches.
public interface ViewFilter {
    /// All of them.
    ViewFilter ALL =
            new ViewFilter() {
                @Override
                public String text() {
                    return "";
                }

                @Override
                public boolean test(TwinView view) {
                    return true;
                }

                @Override
                public boolean tellsTime() {
                    return false;
                }
            };

    /// Filters of equal text give equal answers.
    String text();

    boolean test(TwinView view);

    /// Whether the answer may change by time alone, without a change of the node: such a filter is
    /// asked again of every node once a second.
    boolean tellsTime();
}
