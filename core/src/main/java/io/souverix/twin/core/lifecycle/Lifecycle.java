package io.souverix.twin.core.lifecycle;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.LifecyclePhase;
import io.souverix.twin.core.event.OperationalState;
import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.event.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The lifecycle aspect of a node: phase, operational state, hardware, the newest update, maintenance.
/// Mutable: the fold applies events in the order of the walk.
public final class Lifecycle {
    /// How many planned windows to come are kept; the ones that start last are dropped beyond.
    static final int MAX_PLANNED = 1_000;

    /// How many planned windows are shown.
    static final int MAX_SHOWN = 16;

    private @Nullable LifecyclePhase phase;
    private long phaseSinceMicros = Times.NONE;
    private @Nullable LifecyclePhase phaseBefore;
    private @Nullable Window open;
    private List<Window> planned = List.of();
    private @Nullable OperationalState operational;
    private long operationalSinceMicros = Times.NONE;
    private @Nullable String operationalReason;
    private @Nullable String health;
    private Hardware hardware = new Hardware(null, null, null, null, null);
    private @Nullable Update update;

    /// A maintenance window; an end of [Times#NONE] is not known.
    public record Window(long startMicros, long endMicros, @Nullable String reason) {}

    public Lifecycle copy() {
        Lifecycle copy = new Lifecycle();
        copy.phase = phase;
        copy.phaseSinceMicros = phaseSinceMicros;
        copy.phaseBefore = phaseBefore;
        copy.open = open;
        copy.planned = planned;
        copy.operational = operational;
        copy.operationalSinceMicros = operationalSinceMicros;
        copy.operationalReason = operationalReason;
        copy.health = health;
        copy.hardware = hardware;
        copy.update = update;
        return copy;
    }

    /// Applies the next event of the walk.
    ///
    /// @param actualVersion the node's actual version before it
    /// @param updateDeadlineMicros for updates that name none
    public void apply(
            Event event,
            Sharing sharing,
            @Nullable String actualVersion,
            long updateDeadlineMicros) {
        long at = event.timestampMicros();
        switch (event.payload()) {
            case StateTransition transition -> transition(transition, at, sharing);
            case NodeRegistered registered -> merge(registered.registration().hardware());
            case ProvisioningStarted started -> {
                merge(started.registration().hardware());
                enter(LifecyclePhase.PROVISIONING, at, null);
            }
            case ProvisioningCompleted _ -> unlessDecommissioned(LifecyclePhase.ACTIVE, at, null);
            case HardwareReported reported -> merge(reported.hardware());
            case UpdateInitiated initiated ->
                    update = Update.initiated(initiated, at, updateDeadlineMicros, actualVersion);
            case UpdateCompleted completed ->
                    update =
                            Update.ended(
                                    update, Update.State.COMPLETED, completed.version(), at, null);
            case UpdateFailed failed ->
                    update =
                            Update.ended(
                                    update,
                                    Update.State.FAILED,
                                    failed.version(),
                                    at,
                                    failed.reason());
            case MaintenancePlanned plan -> plan(plan, at);
            case MaintenanceStarted started ->
                    maintenance(new Window(at, started.windowEndMicros(), started.reason()), at);
            case MaintenanceCompleted _ -> {
                if (phase == LifecyclePhase.MAINTENANCE) {
                    restore(at);
                }
            }
            case DecommissioningStarted started ->
                    unlessDecommissioned(LifecyclePhase.DECOMMISSIONING, at, started.reason());
            case DecommissioningCompleted _ -> enter(LifecyclePhase.DECOMMISSIONED, at, null);
            case ActualStateReported actual -> {
                health = actual.health() == null ? health : sharing.text(actual.health());
                if (actual.firmwareVersion() != null) {
                    merge(new Hardware(null, null, null, actual.firmwareVersion(), null));
                }
            }
            default -> {}
        }
    }

    private void transition(StateTransition transition, long at, Sharing sharing) {
        if (transition.to() instanceof LifecyclePhase to) {
            enter(to, at, transition.reason());
        } else if (transition.to() instanceof OperationalState to) {
            operationalSinceMicros = operational == to ? operationalSinceMicros : at;
            operational = to;
            operationalReason =
                    transition.reason() == null ? null : sharing.text(transition.reason());
        }
    }

    private void unlessDecommissioned(LifecyclePhase next, long at, @Nullable String reason) {
        if (phase != LifecyclePhase.DECOMMISSIONED) {
            enter(next, at, reason);
        }
    }

    private void enter(LifecyclePhase next, long at, @Nullable String reason) {
        if (next == phase) {
            return;
        }
        if (next == LifecyclePhase.MAINTENANCE) {
            phaseBefore = phase;
            open = new Window(at, Times.NONE, reason);
        } else {
            phaseBefore = null;
            open = null;
        }
        phase = next;
        phaseSinceMicros = at;
    }

    private void maintenance(Window started, long at) {
        if (phase == LifecyclePhase.DECOMMISSIONED) {
            return;
        }
        Window standing = open;
        if (phase == LifecyclePhase.MAINTENANCE && standing != null) {
            open =
                    new Window(
                            standing.startMicros(),
                            started.endMicros() == Times.NONE
                                    ? standing.endMicros()
                                    : started.endMicros(),
                            started.reason() == null ? standing.reason() : started.reason());
        } else {
            enter(LifecyclePhase.MAINTENANCE, at, started.reason());
            open = started;
        }
    }

    private void restore(long at) {
        phase = phaseBefore;
        phaseSinceMicros = phaseBefore == null ? Times.NONE : at;
        phaseBefore = null;
        open = null;
    }

    private void plan(MaintenancePlanned plan, long at) {
        List<Window> windows = new ArrayList<>(planned);
        windows.removeIf(past -> past.endMicros() <= at);
        Window window = new Window(plan.windowStartMicros(), plan.windowEndMicros(), plan.reason());
        if (!windows.contains(window)) {
            windows.add(window);
        }
        windows.sort(
                Comparator.comparingLong(Window::startMicros)
                        .thenComparingLong(Window::endMicros)
                        .thenComparing(w -> Objects.requireNonNullElse(w.reason(), "")));
        planned = List.copyOf(windows.subList(0, Math.min(MAX_PLANNED, windows.size())));
    }

    private void merge(@Nullable Hardware newer) {
        if (newer == null) {
            return;
        }
        hardware =
                new Hardware(
                        first(newer.serial(), hardware.serial()),
                        first(newer.manufacturingOrigin(), hardware.manufacturingOrigin()),
                        first(newer.batchId(), hardware.batchId()),
                        first(newer.firmwareVersion(), hardware.firmwareVersion()),
                        first(newer.firmwareSignature(), hardware.firmwareSignature()));
    }

    private static @Nullable String first(@Nullable String newer, @Nullable String standing) {
        return newer == null ? standing : newer;
    }

    public @Nullable LifecyclePhase phase() {
        return phase;
    }

    public long phaseSinceMicros() {
        return phaseSinceMicros;
    }

    /// The open maintenance window, or null.
    public @Nullable Window openWindow() {
        return phase == LifecyclePhase.MAINTENANCE ? open : null;
    }

    /// Planned windows that end after now, in order; the first [#MAX_SHOWN].
    public List<Window> planned(long nowMicros) {
        return planned.isEmpty()
                ? planned
                : planned.stream()
                        .filter(window -> window.endMicros() > nowMicros)
                        .limit(MAX_SHOWN)
                        .toList();
    }

    public @Nullable OperationalState operational() {
        return operational;
    }

    public long operationalSinceMicros() {
        return operationalSinceMicros;
    }

    public @Nullable String operationalReason() {
        return operationalReason;
    }

    public @Nullable String health() {
        return health;
    }

    public Hardware hardware() {
        return hardware;
    }

    public @Nullable Update update() {
        return update;
    }

    public void write(StateWriter out) {
        out.constant(phase).fixed(phaseSinceMicros).constant(phaseBefore);
        out.truth(open != null);
        if (open != null) {
            window(out, open);
        }
        out.list(planned, Lifecycle::window);
        out.constant(operational).fixed(operationalSinceMicros).text(operationalReason);
        out.text(health).text(hardware.serial()).text(hardware.manufacturingOrigin());
        out.text(hardware.batchId()).text(hardware.firmwareVersion());
        out.text(hardware.firmwareSignature());
        Update.write(out, update);
    }

    private static void window(StateWriter out, Window window) {
        out.fixed(window.startMicros()).fixed(window.endMicros()).text(window.reason());
    }

    public static Lifecycle read(StateReader in) {
        Lifecycle lifecycle = new Lifecycle();
        lifecycle.phase = in.optionalConstant(LifecyclePhase.values());
        lifecycle.phaseSinceMicros = in.fixed();
        lifecycle.phaseBefore = in.optionalConstant(LifecyclePhase.values());
        lifecycle.open = in.truth() ? window(in) : null;
        lifecycle.planned = List.copyOf(in.list(Lifecycle::window));
        lifecycle.operational = in.optionalConstant(OperationalState.values());
        lifecycle.operationalSinceMicros = in.fixed();
        lifecycle.operationalReason = in.optionalText();
        lifecycle.health = in.optionalText();
        lifecycle.hardware =
                new Hardware(
                        in.optionalText(),
                        in.optionalText(),
                        in.optionalText(),
                        in.optionalText(),
                        in.optionalText());
        lifecycle.update = Update.read(in);
        return lifecycle;
    }

    private static Window window(StateReader in) {
        return new Window(in.fixed(), in.fixed(), in.optionalText());
    }
}
