package io.souverix.twin.bench;

/// What a figure is held against: the floor that must be met and the goal beyond it.
///
/// @param atMost whether less is better
/// @param from the smallest fleet the goal was set for
/// @param upTo the largest one
public record Goal(boolean atMost, double floor, double goal, int from, int upTo) {
    private static final int ANY = Integer.MAX_VALUE;

    /// Nothing is asked of the figure.
    public static final Goal NONE = new Goal(false, Double.NaN, Double.NaN, 0, ANY);

    static Goal atLeast(double floor, double goal) {
        return new Goal(false, floor, goal, 0, ANY);
    }

    static Goal atMost(double floor, double goal) {
        return new Goal(true, floor, goal, 0, ANY);
    }

    /// The same, for fleets of so many nodes at most.
    Goal upTo(int nodes) {
        return new Goal(atMost, floor, goal, from, nodes);
    }

    /// The same, for fleets of so many nodes at least.
    Goal from(int nodes) {
        return new Goal(atMost, floor, goal, nodes, upTo);
    }

    /// Whether it was set for a fleet of this size.
    boolean isFor(int nodes) {
        return !Double.isNaN(floor) && nodes >= from && nodes <= upTo;
    }

    /// How a figure stands to it: `goal`, `floor` or `no`.
    String judge(double figure) {
        if (reaches(figure, goal)) {
            return "goal";
        }
        return reaches(figure, floor) ? "floor" : "no";
    }

    private boolean reaches(double figure, double mark) {
        return atMost ? figure <= mark : figure >= mark;
    }
}
