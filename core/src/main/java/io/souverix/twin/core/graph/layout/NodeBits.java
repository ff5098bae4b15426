package io.souverix.twin.core.graph.layout;

import io.souverix.twin.core.event.AuthorityLevel;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Severity;
import org.jspecify.annotations.Nullable;

/// What the map shows of a node, in two bytes:
/// ```
///  15        14          13..10  9..7       6..5   4..3   2..0
/// +---------+-----------+-------+----------+------+------+--------------+
/// | absent  | drift not | debt  | authority| trust| drift| connectivity |
/// |         | evaluated |       |          |      |      |              |
/// +---------+-----------+-------+----------+------+------+--------------+
/// ```
/// docs/graph.md says what the values mean. A home without its node at the instant is [#ABSENT].
public final class NodeBits {
    /// Nobody is at home.
    public static final int ABSENT = 1 << 15;

    /// The step of a debt nobody knows.
    public static final int UNKNOWN_DEBT = 15;

    private static final int UNKNOWN_CONNECTIVITY = 7;
    private static final int DRIFT = 3;
    private static final int TRUST = 5;
    private static final int AUTHORITY = 7;
    private static final int CONFLICT = 5;
    private static final int DEBT = 10;
    private static final int NOT_EVALUATED = 1 << 14;

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /// From how many seconds on a debt is of step 2, 3, … 14; below the first it is of step 1.
    private static final long[] DEBT_SECONDS = {
        MINUTE,
        5 * MINUTE,
        15 * MINUTE,
        HOUR,
        2 * HOUR,
        4 * HOUR,
        8 * HOUR,
        DAY,
        2 * DAY,
        4 * DAY,
        7 * DAY,
        14 * DAY,
        30 * DAY
    };

    private NodeBits() {}

    /// How far a node can be trusted, in three steps down.
    public enum Trust {
        VERIFIED,
        WEAKENED,
        UNVERIFIED,
        FAILED
    }

    /// Puts the parts together.
    ///
    /// @param drift the worst severity of its findings, or null
    /// @param debtStep of [#debtStep], 0 while live, or [#UNKNOWN_DEBT]
    public static int of(
            @Nullable ConnectivityState connectivity,
            @Nullable Severity drift,
            boolean driftEvaluated,
            Trust trust,
            @Nullable AuthorityLevel authority,
            boolean conflict,
            int debtStep) {
        int state = connectivity == null ? UNKNOWN_CONNECTIVITY : connectivity.ordinal();
        return state
                | pips(drift) << DRIFT
                | trust.ordinal() << TRUST
                | authority(authority, conflict) << AUTHORITY
                | debtStep << DEBT
                | (driftEvaluated ? 0 : NOT_EVALUATED);
    }

    private static int pips(@Nullable Severity drift) {
        return drift == null
                ? 0
                : switch (drift) {
                    case LOW -> 1;
                    case MEDIUM -> 2;
                    case HIGH, CRITICAL -> 3;
                };
    }

    private static int authority(@Nullable AuthorityLevel level, boolean conflict) {
        if (conflict) {
            return CONFLICT;
        }
        return level == null
                ? 0
                : switch (level) {
                    case GLOBAL -> 1;
                    case REGIONAL -> 2;
                    case LOCAL -> 3;
                    case AUTONOMOUS -> 4;
                };
    }

    static int connectivity(int bits) {
        return bits & 7;
    }

    static int drift(int bits) {
        return bits >> DRIFT & 3;
    }

    static Trust trust(int bits) {
        return Trust.values()[bits >> TRUST & 3];
    }

    static int authority(int bits) {
        return bits >> AUTHORITY & 7;
    }

    static boolean isConflict(int bits) {
        return authority(bits) == CONFLICT;
    }

    static int debt(int bits) {
        return bits >> DEBT & 15;
    }

    static boolean isEvaluated(int bits) {
        return (bits & NOT_EVALUATED) == 0;
    }

    /// The step of a debt of so many seconds, 1 to 14.
    public static int debtStep(long seconds) {
        int step = 1;
        for (long from : DEBT_SECONDS) {
            step += seconds >= from ? 1 : 0;
        }
        return step;
    }
}
