package io.souverix.twin.engine.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who and where a node is: `identity`, `supply_chain`, hardware.
final class Identity {
    private Identity() {}

    static Map<String, @Nullable Object> identity(Question asked) {
        List<Event> history = asked.history();
        return Members.of(
                "immutable_id", asked.node(),
                "name", registered(history, "name"),
                "component_type", componentType(history),
                "region", registered(history, "region"),
                "zone", registered(history, "zone"),
                "clusters", clusters(history),
                "trust_domain", registered(history, "trust_domain"),
                "trust_chain", issuers(history));
    }

    static @Nullable String componentType(List<Event> history) {
        return registered(history, "component_type");
    }

    /// The newest value a registration gave.
    static @Nullable String registered(List<Event> history, String field) {
        return (String) Walk.lastGiven(history, field, "node_registered", "provisioning_started");
    }

    private static List<@Nullable Object> clusters(List<Event> history) {
        Set<String> explicit = new TreeSet<>();
        for (Event event : history) {
            List<@Nullable Object> snapshot =
                    event.isRegistration() ? Members.list(event.payload(), "clusters") : null;
            if (snapshot != null) {
                explicit.clear();
                snapshot.forEach(cluster -> explicit.add(String.valueOf(cluster)));
            } else if (event.is("cluster_joined")) {
                explicit.add(event.needed("cluster"));
            } else if (event.is("cluster_left")) {
                explicit.remove(event.needed("cluster"));
            }
        }
        for (String field : List.of("region", "zone", "component_type")) {
            String value = registered(history, field);
            if (value != null) {
                explicit.add(value + "-cluster");
            }
        }
        return new ArrayList<>(explicit);
    }

    static List<@Nullable Object> issuers(List<Event> history) {
        List<@Nullable Object> issuers = new ArrayList<>();
        for (Map<String, @Nullable Object> certificate : ChainOfTrust.of(history)) {
            issuers.add(certificate.get("issuer"));
        }
        return issuers;
    }

    static Map<String, @Nullable Object> supplyChain(Question asked) {
        Map<String, @Nullable Object> shown = Members.of();
        for (String member :
                List.of("hardware_metadata", "manufacturing_batch", "software_provenance")) {
            shown.put(member, lastInside(asked.history(), "supply_chain", member));
        }
        shown.put("trust_chain", issuers(asked.history()));
        return shown;
    }

    private static @Nullable Object lastInside(List<Event> history, String object, String member) {
        for (Event event : history.reversed()) {
            Map<String, @Nullable Object> given =
                    event.isRegistration() ? Members.object(event.payload(), object) : null;
            if (given != null && given.get(member) != null) {
                return given.get(member);
            }
        }
        return null;
    }

    static Map<String, @Nullable Object> hardware(List<Event> history) {
        Map<String, @Nullable Object> shown =
                Members.of(
                        "serial", null,
                        "manufacturing_origin", null,
                        "batch_id", null,
                        "firmware_version", null,
                        "firmware_signature", null);
        for (Event event : history) {
            Map<String, @Nullable Object> given = hardwareOf(event);
            shown.replaceAll((field, old) -> given.get(field) == null ? old : given.get(field));
        }
        return shown;
    }

    private static Map<String, @Nullable Object> hardwareOf(Event event) {
        if (event.is("hardware_reported")) {
            return event.payload();
        }
        if (event.is("actual_state_reported")) {
            return Members.of("firmware_version", event.payload().get("firmware_version"));
        }
        Map<String, @Nullable Object> hardware =
                event.isRegistration() ? Members.object(event.payload(), "hardware") : null;
        return hardware == null ? Map.of() : hardware;
    }
}
