package io.souverix.twin.engine.shard;

import io.souverix.twin.core.attention.Alert;
import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.connectivity.LedgerEntry;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.event.Payload.CertificateRotated;
import io.souverix.twin.core.event.Payload.ClusterJoined;
import io.souverix.twin.core.event.Payload.ClusterLeft;
import io.souverix.twin.core.event.Payload.LinkReported;
import io.souverix.twin.core.event.Payload.RelationshipAdded;
import io.souverix.twin.core.event.Payload.RelationshipRemoved;
import io.souverix.twin.core.event.Payload.SbomUpdated;
import io.souverix.twin.core.event.Payload.StateTransition;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.twin.Fold;
import io.souverix.twin.core.twin.Twin;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Finds out which events of a beginning of a history have to stay so that everything after it is as
/// if all had stayed.
///
/// A fold that goes on knows nothing but the state it goes on from. So a part of the events does
/// where it folds to the very bytes that all of them fold to, and nothing is left out that was not
/// tried: halves of the history are left out, then halves of halves where that makes a difference.
/// What stays is small (what the state rests on), and the whole is checked whatever the fold does.
///
/// Beside that some stay for what is told of them: the first and the last event, the newest of each
/// kind and of what is desired under each epoch, annulments, certificate chains and SBOMs, which twins
/// remember.
final class Keeping {
    /// A history this short stays as it is.
    static final int SHORT_EVENTS = 16;

    /// How many events are folded to make one history smaller; what is left then stays.
    static final long MAX_FOLDED = 200_000;

    /// Of these types the newest under each epoch is named where nobody claimed that.
    private static final Set<String> UNDER_EPOCHS =
            Alert.EPOCH_AHEAD.told().stream()
                    .map(EventType::word)
                    .collect(Collectors.toUnmodifiableSet());

    private final Fold fold;
    private final StateWriter writer = new StateWriter();

    Keeping(Rules rules) {
        this.fold = new Fold(rules, Sharing.NONE);
    }

    /// Which events stay.
    ///
    /// @param history in the order key, the annulled too
    /// @param annulled which of them are left out of a fold
    /// @param pinned which stay in any case
    boolean[] of(
            String node,
            List<StoredEvent> history,
            Predicate<Event> annulled,
            Predicate<StoredEvent> pinned) {
        boolean[] stays = new boolean[history.size()];
        if (history.size() <= SHORT_EVENTS) {
            Arrays.fill(stays, true);
            return stays;
        }
        boolean[] counts = new boolean[history.size()];
        for (int i = 0; i < counts.length; i++) {
            Event event = history.get(i).event();
            counts[i] = Histories.annuls(event) || !annulled.test(event);
            stays[i] = pinned.test(history.get(i)) || isRemembered(event);
        }
        stays[0] = true;
        stays[stays.length - 1] = true;
        keepNewest(history, counts, stays);
        new Trial(node, history, counts, stays).run();
        return stays;
    }

    private static boolean isRemembered(Event event) {
        return Histories.annuls(event)
                || event.payload() instanceof CertificateRotated
                || event.payload() instanceof SbomUpdated;
    }

    private static void keepNewest(List<StoredEvent> history, boolean[] counts, boolean[] stays) {
        Set<Object> seen = new HashSet<>();
        for (int i = stays.length - 1; i >= 0; i--) {
            Event event = history.get(i).event();
            if (counts[i]) {
                stays[i] |= seen.add(kind(event));
                stays[i] |= LedgerEntry.of(event) != null && seen.add(LedgerEntry.class);
                stays[i] |=
                        UNDER_EPOCHS.contains(event.typeName())
                                && seen.add(List.of("under", event.epoch()));
            }
        }
    }

    /// What the newest of speaks for itself.
    private static Object kind(Event event) {
        return switch (event.payload()) {
            case StateTransition transition -> transition.to().getClass();
            case RelationshipAdded added -> List.of("added", added.type(), added.to());
            case RelationshipRemoved removed -> List.of("removed", removed.type(), removed.to());
            case LinkReported link -> List.of("link", link.type(), link.to());
            case ClusterJoined joined -> List.of("joined", joined.cluster());
            case ClusterLeft left -> List.of("left", left.cluster());
            default -> event.typeName();
        };
    }

    /// One history that is made smaller.
    private final class Trial {
        private final String node;
        private final List<StoredEvent> history;
        private final boolean[] counts;

        /// Those that stay in any case.
        private final boolean[] fixed;

        /// Those that stay.
        private final boolean[] stays;

        private long folded;
        private byte[] wanted = new byte[0];

        Trial(String node, List<StoredEvent> history, boolean[] counts, boolean[] stays) {
            this.node = node;
            this.history = history;
            this.counts = counts;
            this.stays = stays;
            this.fixed = stays.clone();
        }

        void run() {
            Arrays.fill(stays, true);
            Twin all = new Twin(node);
            fold(all, 0, stays.length);
            wanted = bytes(all);
            shrink(new Twin(node), 0, stays.length);
        }

        private byte[] bytes(Twin twin) {
            writer.clear();
            twin.write(writer);
            return writer.toByteArray();
        }

        private void fold(Twin twin, int from, int to) {
            for (int i = from; i < to; i++) {
                if (stays[i] && counts[i]) {
                    StoredEvent stored = history.get(i);
                    fold.apply(twin, stored.event(), stored.address());
                    folded++;
                }
            }
        }

        /// Leaves out what can be of a stretch.
        ///
        /// @param before the twin that what stays before the stretch makes; not changed
        private void shrink(Twin before, int from, int to) {
            if (folded > MAX_FOLDED || !setStretch(from, to, false)) {
                return;
            }
            Twin twin = before.copy();
            fold(twin, from, stays.length);
            if (Arrays.equals(bytes(twin), wanted)) {
                return;
            }
            var _ = setStretch(from, to, true);
            if (to - from == 1) {
                return;
            }
            int middle = (from + to) >>> 1;
            shrink(before, from, middle);
            Twin half = before.copy();
            fold(half, from, middle);
            shrink(half, middle, to);
        }

        /// Lets those of a stretch that may go stay or not; false where there is none.
        private boolean setStretch(int from, int to, boolean stay) {
            boolean any = false;
            for (int i = from; i < to; i++) {
                if (!fixed[i]) {
                    stays[i] = stay;
                    any = true;
                }
            }
            return any;
        }
    }
}
