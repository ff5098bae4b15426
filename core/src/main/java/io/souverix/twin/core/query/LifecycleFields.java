package io.souverix.twin.core.query;

import io.souverix.twin.core.drift.Declared;
import io.souverix.twin.core.event.LifecyclePhase;
import io.souverix.twin.core.event.OperationalState;
import io.souverix.twin.core.event.Payload.Hardware;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.lifecycle.Lifecycle;
import io.souverix.twin.core.lifecycle.Lifecycle.Window;
import io.souverix.twin.core.lifecycle.Update;
import io.souverix.twin.core.twin.TwinView;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The fields of `lifecycle` and `operational`.
final class LifecycleFields {
    static final String SERIAL = "lifecycle.hardware.serial";
    static final String BATCH = "lifecycle.hardware.batch_id";
    static final String FIRMWARE = "lifecycle.hardware.firmware_version";

    private LifecycleFields() {}

    static void addTo(FieldList list) {
        list.word("lifecycle.phase", LifecyclePhase.values(), view -> of(view).phase())
                .instant("lifecycle.since", view -> of(view).phaseSinceMicros());
        hardware(list);
        software(list);
        update(list);
        maintenance(list);
        list.word("operational.state", OperationalState.values(), view -> of(view).operational())
                .instant("operational.since", view -> of(view).operationalSinceMicros())
                .text("operational.reason", view -> of(view).operationalReason())
                .text("operational.health", view -> of(view).health());
    }

    private static Lifecycle of(TwinView view) {
        return view.twin().lifecycle();
    }

    private static void hardware(FieldList list) {
        list.text(SERIAL, hardware(Hardware::serial))
                .text(
                        "lifecycle.hardware.manufacturing_origin",
                        hardware(Hardware::manufacturingOrigin))
                .text(BATCH, hardware(Hardware::batchId))
                .text(FIRMWARE, hardware(Hardware::firmwareVersion))
                .text(
                        "lifecycle.hardware.firmware_signature",
                        hardware(Hardware::firmwareSignature));
    }

    private static Function<TwinView, @Nullable String> hardware(
            Function<Hardware, @Nullable String> read) {
        return view -> read.apply(of(view).hardware());
    }

    private static void software(FieldList list) {
        list.text(
                        "lifecycle.software.desired_version",
                        view -> value(view.twin().drift().desiredVersion()))
                .text(
                        "lifecycle.software.actual_version",
                        view -> value(view.twin().drift().actualVersion()))
                .whole("lifecycle.software.drift_score", view -> view.versions().distance())
                .text(
                        "lifecycle.software.image_provenance",
                        view -> view.twin().trust().imageProvenance())
                .text("lifecycle.software.sbom_hash", view -> view.twin().trust().sbomHash());
    }

    static @Nullable String value(@Nullable Declared register) {
        return register == null ? null : register.value();
    }

    private static void update(FieldList list) {
        list.word("lifecycle.update.state", Update.State.values(), update(Update::state))
                .text("lifecycle.update.target_version", update(Update::targetVersion))
                .text("lifecycle.update.version", update(Update::version))
                .text("lifecycle.update.from_version", update(Update::fromVersion))
                .text("lifecycle.update.campaign", update(Update::campaign))
                .value("lifecycle.update.wave", update(Update::wave))
                .instant("lifecycle.update.started_at", updateInstant(Update::startedMicros))
                .instant("lifecycle.update.deadline", updateInstant(Update::deadlineMicros))
                .truth(
                        "lifecycle.update.overdue",
                        view -> {
                            Update update = of(view).update();
                            return update == null ? null : update.overdue(view.nowMicros());
                        })
                .instant("lifecycle.update.finished_at", updateInstant(Update::finishedMicros))
                .text("lifecycle.update.reason", update(Update::reason));
    }

    private static <T> Function<TwinView, @Nullable T> update(Function<Update, @Nullable T> read) {
        return view -> {
            Update update = of(view).update();
            return update == null ? null : read.apply(update);
        };
    }

    private static ToLongFunction<TwinView> updateInstant(ToLongFunction<Update> read) {
        return view -> {
            Update update = of(view).update();
            return update == null ? Times.NONE : read.applyAsLong(update);
        };
    }

    private static void maintenance(FieldList list) {
        list.truth("lifecycle.maintenance.open", view -> of(view).openWindow() != null)
                .instant("lifecycle.maintenance.since", open(Window::startMicros))
                .instant("lifecycle.maintenance.window_end", open(Window::endMicros))
                .text(
                        "lifecycle.maintenance.reason",
                        view -> {
                            Window window = of(view).openWindow();
                            return window == null ? null : window.reason();
                        })
                .instants(
                        "lifecycle.maintenance.planned.window_start", planned(Window::startMicros))
                .instants("lifecycle.maintenance.planned.window_end", planned(Window::endMicros))
                .texts(
                        "lifecycle.maintenance.planned.reason",
                        view -> Fields.present(of(view).planned(view.nowMicros()), Window::reason));
    }

    private static ToLongFunction<TwinView> open(ToLongFunction<Window> read) {
        return view -> {
            Window window = of(view).openWindow();
            return window == null ? Times.NONE : read.applyAsLong(window);
        };
    }

    private static Function<TwinView, List<Long>> planned(ToLongFunction<Window> read) {
        return view ->
                Fields.present(
                        of(view).planned(view.nowMicros()),
                        window -> FieldList.known(read.applyAsLong(window)));
    }
}
