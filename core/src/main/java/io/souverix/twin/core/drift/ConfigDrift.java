package io.souverix.twin.core.drift;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Payload.ConfigDriftDetected;
import io.souverix.twin.core.event.Payload.ConfigFacts;
import io.souverix.twin.core.event.Payload.PathChange;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Both sides of a node's configuration and the differences that stand between them.
public final class ConfigDrift {
    private ConfigSide desired = new ConfigSide();
    private ConfigSide actual = new ConfigSide();
    private List<ConfigDifference> differences = List.of();
    private long explicitAppliedMicros = Times.NONE;
    private long newestActualMicros = Times.NONE;

    ConfigDrift copy() {
        ConfigDrift copy = new ConfigDrift();
        copy.desired = desired.copy();
        copy.actual = actual.copy();
        copy.differences = differences;
        copy.explicitAppliedMicros = explicitAppliedMicros;
        copy.newestActualMicros = newestActualMicros;
        return copy;
    }

    public @Nullable JsonObject desiredTree() {
        return desired.tree();
    }

    public @Nullable JsonObject actualTree() {
        return actual.tree();
    }

    /// A tree as it is shown: `null` and empty objects equal absent and are left out; the root stays.
    public static JsonObject shown(JsonObject tree) {
        return isShownWhole(tree) ? tree : pruned(tree);
    }

    /// Whether nothing is left out of it, as of nearly all.
    private static boolean isShownWhole(JsonObject tree) {
        for (int i = 0; i < tree.size(); i++) {
            Json value = tree.value(i);
            boolean whole =
                    value instanceof JsonObject object
                            ? !object.isEmpty() && isShownWhole(object)
                            : value != JsonLiteral.NULL;
            if (!whole) {
                return false;
            }
        }
        return true;
    }

    private static JsonObject pruned(JsonObject tree) {
        JsonObject.Builder kept = new JsonObject.Builder();
        for (int i = 0; i < tree.size(); i++) {
            Json value = tree.value(i);
            Json child = value instanceof JsonObject object ? pruned(object) : value;
            boolean absent =
                    child == JsonLiteral.NULL
                            || (child instanceof JsonObject object && object.isEmpty());
            if (!absent) {
                kept.put(tree.name(i), child);
            }
        }
        return kept.build().sortedByName();
    }

    /// The last explicit value, or else when actual configuration was last given; [Times#NONE].
    public long lastAppliedMicros() {
        return explicitAppliedMicros == Times.NONE ? newestActualMicros : explicitAppliedMicros;
    }

    List<ConfigDifference> differences() {
        return differences;
    }

    /// The events that last wrote a path, desired side first.
    List<Long> writersOf(ConfigDifference difference) {
        List<Long> writers = new ArrayList<>(2);
        for (ConfigSide side : List.of(desired, actual)) {
            long writer = side.writerOf(difference.path());
            if (writer >= 0 && !writers.contains(writer)) {
                writers.add(writer);
            }
        }
        return writers;
    }

    /// The highest epoch of the desired facts that stand, or -1 where there is none.
    long desiredEpoch() {
        return desired.epoch();
    }

    void desire(ConfigFacts facts, long epoch, Moment moment) {
        if (facts.isEmpty()) {
            return;
        }
        JsonObject before = desired.tree();
        take(desired, facts, epoch, moment);
        if (changed(before, desired.tree())) {
            compare(moment);
        }
    }

    void report(ConfigFacts facts, long appliedMicros, Moment moment) {
        if (appliedMicros != Times.NONE) {
            explicitAppliedMicros = appliedMicros;
        }
        if (facts.isEmpty()) {
            return;
        }
        boolean spoke = actual.hasSnapshot();
        JsonObject before = actual.tree();
        take(actual, facts, 0, moment);
        newestActualMicros = moment.micros();
        // A path may be spoken of for the first time though its value is as before.
        if (!spoke || changed(before, actual.tree())) {
            compare(moment);
        }
    }

    /// Equal trees are mostly one instance, as snapshots are shared.
    private static boolean changed(@Nullable JsonObject before, @Nullable JsonObject after) {
        return !Objects.equals(before, after);
    }

    private static void take(ConfigSide side, ConfigFacts facts, long epoch, Moment moment) {
        JsonObject snapshot = facts.snapshot();
        if (snapshot != null) {
            JsonObject shared = (JsonObject) moment.sharing().json(snapshot);
            side.take(shared, epoch, moment.reference());
        }
        side.take(facts.changes(), epoch, moment.reference());
    }

    void detected(ConfigDriftDetected drift, long epoch, Moment moment) {
        List<PathChange> wanted =
                drift.details().stream().map(d -> new PathChange(d.path(), d.desired())).toList();
        List<PathChange> found =
                drift.details().stream().map(d -> new PathChange(d.path(), d.actual())).toList();
        desired.take(wanted, epoch, moment.reference());
        actual.take(found, 0, moment.reference());
        newestActualMicros = moment.micros();
        compare(moment);
    }

    /// Compares again; a pair of values that stood before keeps its since.
    private void compare(Moment moment) {
        List<ConfigDifference> found =
                moment.comparison().compare(desired, actual, moment.micros());
        for (int i = 0; i < found.size() && !differences.isEmpty(); i++) {
            ConfigDifference difference = found.get(i);
            for (ConfigDifference before : differences) {
                if (before.path().equals(difference.path())
                        && moment.comparison().samePair(before, difference)) {
                    found.set(i, difference.since(before.sinceMicros()));
                }
            }
        }
        differences = List.copyOf(found);
    }

    void write(StateWriter out) {
        desired.write(out);
        actual.write(out);
        out.list(differences, ConfigDifference::write);
        out.fixed(explicitAppliedMicros).fixed(newestActualMicros);
    }

    static ConfigDrift read(StateReader in) {
        ConfigDrift drift = new ConfigDrift();
        drift.desired = ConfigSide.read(in);
        drift.actual = ConfigSide.read(in);
        drift.differences = List.copyOf(in.list(ConfigDifference::read));
        drift.explicitAppliedMicros = in.fixed();
        drift.newestActualMicros = in.fixed();
        return drift;
    }
}
