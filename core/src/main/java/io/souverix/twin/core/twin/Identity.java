package io.souverix.twin.core.twin;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who a node is and where it belongs. Immutable; [#after] gives the next.
///
/// @param joined the explicit clusters, sorted
public record Identity(
        @Nullable String name,
        @Nullable String componentType,
        @Nullable String region,
        @Nullable String zone,
        @Nullable String trustDomain,
        List<String> joined,
        @Nullable Json hardwareMetadata,
        @Nullable Json manufacturingBatch,
        @Nullable Json softwareProvenance) {
    static final Identity UNKNOWN =
            new Identity(null, null, null, null, null, List.of(), null, null, null);

    public Identity {
        joined = List.copyOf(joined);
    }

    /// The identity after the next event of the walk.
    Identity after(Event event, Sharing sharing) {
        return switch (event.payload()) {
            case NodeRegistered registered -> registered(registered.registration(), sharing);
            case ProvisioningStarted started -> registered(started.registration(), sharing);
            case ClusterJoined cluster -> {
                TreeSet<String> more = new TreeSet<>(joined);
                yield more.add(sharing.text(cluster.cluster())) ? withJoined(more) : this;
            }
            case ClusterLeft cluster -> {
                TreeSet<String> fewer = new TreeSet<>(joined);
                yield fewer.remove(cluster.cluster()) ? withJoined(fewer) : this;
            }
            default -> this;
        };
    }

    private Identity withJoined(Collection<String> clusters) {
        return new Identity(
                name,
                componentType,
                region,
                zone,
                trustDomain,
                List.copyOf(clusters),
                hardwareMetadata,
                manufacturingBatch,
                softwareProvenance);
    }

    private Identity registered(Registration given, Sharing sharing) {
        JsonObject chain = given.supplyChain() == null ? JsonObject.EMPTY : given.supplyChain();
        return new Identity(
                // As a rule no other node has it.
                given.name() == null ? name : given.name(),
                newer(given.componentType(), componentType, sharing),
                newer(given.region(), region, sharing),
                newer(given.zone(), zone, sharing),
                newer(given.trustDomain(), trustDomain, sharing),
                given.clusters() == null ? joined : sorted(given.clusters(), sharing),
                newer(chain.member("hardware_metadata"), hardwareMetadata, sharing),
                newer(chain.member("manufacturing_batch"), manufacturingBatch, sharing),
                newer(chain.member("software_provenance"), softwareProvenance, sharing));
    }

    private static List<String> sorted(List<String> clusters, Sharing sharing) {
        TreeSet<String> sorted = new TreeSet<>();
        for (String cluster : clusters) {
            sorted.add(sharing.text(cluster));
        }
        return List.copyOf(sorted);
    }

    private static @Nullable String newer(
            @Nullable String given, @Nullable String standing, Sharing sharing) {
        return given == null ? standing : sharing.text(given);
    }

    private static @Nullable Json newer(
            @Nullable Json given, @Nullable Json standing, Sharing sharing) {
        return given == null ? standing : sharing.json(given);
    }

    /// Every cluster the node is in, sorted: the implicit ones of region, zone and component type,
    /// and the explicit ones.
    public List<String> clusters() {
        List<String> all = new ArrayList<>(joined.size() + 3);
        all.addAll(joined);
        for (String implicit : new String[] {region, zone, componentType}) {
            if (implicit != null) {
                all.add(implicit + "-cluster");
            }
        }
        Collections.sort(all);
        for (int i = all.size() - 1; i > 0; i--) {
            if (all.get(i).equals(all.get(i - 1))) {
                all.remove(i);
            }
        }
        return all;
    }

    /// What of it decides where the node counts: the rest is left out, so that many nodes have the
    /// same.
    public Identity placement() {
        return new Identity(
                null, componentType, region, zone, trustDomain, joined, null, null, null);
    }

    /// Whether both count in the same places.
    public boolean isPlacedAs(Identity other) {
        return Objects.equals(zone, other.zone)
                && Objects.equals(region, other.region)
                && Objects.equals(componentType, other.componentType)
                && Objects.equals(trustDomain, other.trustDomain)
                && joined.equals(other.joined);
    }

    public void write(StateWriter out) {
        out.text(name).text(componentType).text(region).text(zone).text(trustDomain);
        out.list(joined, StateWriter::text);
        out.json(hardwareMetadata).json(manufacturingBatch).json(softwareProvenance);
    }

    public static Identity read(StateReader in) {
        return new Identity(
                in.optionalText(),
                in.optionalText(),
                in.optionalText(),
                in.optionalText(),
                in.optionalText(),
                in.list(StateReader::text),
                in.optionalJson(),
                in.optionalJson(),
                in.optionalJson());
    }
}
