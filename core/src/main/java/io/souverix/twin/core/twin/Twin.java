package io.souverix.twin.core.twin;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.connectivity.Connectivity;
import io.souverix.twin.core.drift.Drift;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.graph.Relationships;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.lifecycle.Lifecycle;
import io.souverix.twin.core.trust.Trust;
import org.jspecify.annotations.Nullable;

/// What a history makes of a node, before the clock and the catalogue have their say ([TwinView]).
/// Mutable, by one [Fold] at a time.
public final class Twin {
    private final String id;
    private Identity identity = Identity.UNKNOWN;
    private Connectivity connectivity = new Connectivity();
    private Lifecycle lifecycle = new Lifecycle();
    private Drift drift = new Drift();
    private Trust trust = new Trust();
    private Relationships relationships = new Relationships();
    private @Nullable DesiredMark atSync;
    private long heardMicros = Times.NONE;

    /// The desired registers as they stood right after the last sync.
    record DesiredMark(
            @Nullable JsonObject config, @Nullable String policy, @Nullable String version) {}

    public Twin(String id) {
        this.id = id;
    }

    /// An independent copy; immutable parts are shared.
    public Twin copy() {
        Twin copy = new Twin(id);
        copy.identity = identity;
        copy.connectivity = connectivity.copy();
        copy.lifecycle = lifecycle.copy();
        copy.drift = drift.copy();
        copy.trust = trust.copy();
        copy.relationships = relationships.copy();
        copy.atSync = atSync;
        copy.heardMicros = heardMicros;
        return copy;
    }

    public String id() {
        return id;
    }

    public Identity identity() {
        return identity;
    }

    void identity(Identity next) {
        identity = next;
    }

    public Connectivity connectivity() {
        return connectivity;
    }

    public Lifecycle lifecycle() {
        return lifecycle;
    }

    public Drift drift() {
        return drift;
    }

    public Trust trust() {
        return trust;
    }

    public Relationships relationships() {
        return relationships;
    }

    @Nullable DesiredMark atSync() {
        return atSync;
    }

    void markSync(DesiredMark mark) {
        atSync = mark;
    }

    /// The timestamp of the newest event that the node itself gave, or [Times#NONE].
    public long heardMicros() {
        return heardMicros;
    }

    void hear(long atMicros) {
        heardMicros = atMicros;
    }

    public void write(StateWriter out) {
        identity.write(out);
        connectivity.write(out);
        lifecycle.write(out);
        drift.write(out);
        trust.write(out);
        relationships.write(out);
        DesiredMark mark = atSync;
        out.truth(mark != null);
        if (mark != null) {
            out.recurring(mark.config()).text(mark.policy()).text(mark.version());
        }
        out.fixed(heardMicros);
    }

    public static Twin read(String id, StateReader in) {
        Twin twin = new Twin(id);
        twin.identity = Identity.read(in);
        twin.connectivity = Connectivity.read(in);
        twin.lifecycle = Lifecycle.read(in);
        twin.drift = Drift.read(in);
        twin.trust = Trust.read(in);
        twin.relationships = Relationships.read(in);
        if (in.truth()) {
            twin.atSync = new DesiredMark(in.recurring(), in.optionalText(), in.optionalText());
        }
        twin.heardMicros = in.fixed();
        return twin;
    }
}
