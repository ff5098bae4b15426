package io.souverix.twin.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The policy bundles of the fleet and the configuration each means for each component. A bundle
/// departs from the one before it in two or three paths; nodes of one bundle hold equal values,
/// but for a few that depart from it in one of [#VARIANTS] ways.
///
/// Paths are written with `/` here, because keys (host names) have dots in them.
final class Bundles {
    static final int VARIANTS = 4;

    private static final String HOST = "dns/hosts/ims.mnc001.mcc208.3gppnetwork.org/ttl_s";

    private static final Map<Component, String> BASE =
            Map.of(
                    Component.REMPART,
                    """
                    stir/enforcement_mode="soft" stir/attestation_level="A" tls/min_version="1.2"
                    tls/cipher_suites=["TLS_AES_256_GCM_SHA384","TLS_CHACHA20_POLY1305_SHA256"]
                    rate_limit/max_cps=1500 rate_limit/burst=300 topology_hiding/enabled=true
                    auth/mode="digest" security/ddos/threshold=10000 sip/timers/t1_ms=500
                    sip/max_forwards=70 media/srtp=true logging/level="info" peering/realms=["nni-1","nni-2"]
                    dns/hosts/ims.mnc001.mcc208.3gppnetwork.org/ttl_s=300
                    """,
                    Component.COEUR,
                    """
                    auth/algorithm="milenage" auth/resync=true tls/min_version="1.2"
                    registration/expires_s=3600 registration/max_contacts=4 hss/pool=["hss-1","hss-2","hss-3"]
                    rate_limit/max_cps=4000 rate_limit/burst=800 charging/mode="online"
                    emergency/enabled=true emergency/psap_route="psap-1" security/lockout_s=60
                    sip/timers/t1_ms=500 logging/level="info" stir/enforcement_mode="soft"
                    dns/hosts/ims.mnc001.mcc208.3gppnetwork.org/ttl_s=300
                    """,
                    Component.RELAIS,
                    """
                    media/codecs=["EVS","AMR-WB","PCMA"] media/srtp=true media/jitter_ms=60
                    ports/first=20000 ports/last=40000 transcoding/enabled=true transcoding/max_sessions=500
                    rate_limit/max_cps=800 rate_limit/burst=200 tls/min_version="1.2" recording/enabled=false
                    logging/level="info" stir/enforcement_mode="soft" qos/dscp=46
                    dns/hosts/ims.mnc001.mcc208.3gppnetwork.org/ttl_s=300
                    """);

    private final Map<Component, List<Bundle>> bundles = new EnumMap<>(Component.class);

    Bundles() {
        for (Component component : Component.ALL) {
            bundles.put(component, new ArrayList<>());
        }
        for (int i = 0; i < 3; i++) {
            add();
        }
    }

    /// What a bundle means for one component, rendered.
    ///
    /// @param version its name
    /// @param configs the whole configuration: as the bundle says (0), then as each variant has it
    /// @param changes what it changes in the bundle before it, as dotted paths
    /// @param departures by variant: the changes that lead from the bundle to the variant
    /// @param returns by variant: the changes that lead back
    /// @param findings by variant: the details an auditor reports
    record Bundle(
            String version,
            List<byte[]> configs,
            byte[] changes,
            List<byte[]> departures,
            List<byte[]> returns,
            List<byte[]> findings,
            SortedMap<String, String> leaves) {}

    Bundle bundle(Component component, int index) {
        return list(component).get(index);
    }

    int newest() {
        return list(Component.REMPART).size() - 1;
    }

    /// Makes the next bundle for every component; answers its index.
    int add() {
        for (Component component : Component.ALL) {
            List<Bundle> known = list(component);
            int index = known.size();
            SortedMap<String, String> before =
                    index == 0 ? base(component) : known.get(index - 1).leaves;
            SortedMap<String, String> edits = edits(index);
            known.add(render(component, "policy-v2." + index, applied(before, edits), edits));
        }
        return newest();
    }

    private List<Bundle> list(Component component) {
        return bundles.getOrDefault(component, List.of());
    }

    private static SortedMap<String, String> base(Component component) {
        SortedMap<String, String> leaves = new TreeMap<>();
        for (String leaf : BASE.getOrDefault(component, "").trim().split("\\s+")) {
            int equals = leaf.indexOf('=');
            leaves.put(leaf.substring(0, equals), leaf.substring(equals + 1));
        }
        return leaves;
    }

    /// An empty value removes the path.
    private static SortedMap<String, String> edits(int index) {
        SortedMap<String, String> edits = new TreeMap<>();
        edits.put("rate_limit/max_cps", Integer.toString(1500 + 250 * (index % 8)));
        switch (index % 4) {
            case 1 -> edits.put("stir/enforcement_mode", index % 8 == 1 ? "\"hard\"" : "\"soft\"");
            case 2 -> edits.put("features/trial_" + index, "true");
            case 3 -> edits.put("features/trial_" + (index - 1), "");
            default -> edits.put(HOST, Integer.toString(60 + 30 * (index % 10)));
        }
        return edits;
    }

    private static SortedMap<String, String> applied(
            SortedMap<String, String> leaves, SortedMap<String, String> edits) {
        SortedMap<String, String> result = new TreeMap<>(leaves);
        edits.forEach((path, value) -> {
            if (value.isEmpty()) {
                result.remove(path);
            } else {
                result.put(path, value);
            }
        });
        return result;
    }

    private static Bundle render(
            Component component,
            String version,
            SortedMap<String, String> leaves,
            SortedMap<String, String> edits) {
        List<byte[]> configs = new ArrayList<>();
        List<byte[]> departures = new ArrayList<>();
        List<byte[]> returns = new ArrayList<>();
        List<byte[]> findings = new ArrayList<>();
        for (int variant = 0; variant <= VARIANTS; variant++) {
            SortedMap<String, String> departure = departure(component, variant);
            configs.add(ConfigText.nested(applied(leaves, departure)).getBytes(UTF_8));
            departures.add(ConfigText.changes(departure).getBytes(UTF_8));
            SortedMap<String, String> back = new TreeMap<>();
            departure.keySet().forEach(path -> back.put(path, leaves.getOrDefault(path, "")));
            returns.add(ConfigText.changes(back).getBytes(UTF_8));
            findings.add(ConfigText.findings(back, departure).getBytes(UTF_8));
        }
        byte[] changes = ConfigText.changes(edits).getBytes(UTF_8);
        return new Bundle(version, configs, changes, departures, returns, findings, leaves);
    }

    private static SortedMap<String, String> departure(Component component, int variant) {
        SortedMap<String, String> edits = new TreeMap<>();
        switch (variant) {
            case 0 -> {}
            case 1 -> edits.put("rate_limit/max_cps", "1000");
            case 2 -> {
                edits.put("stir/enforcement_mode", "\"off\"");
                edits.put("logging/level", "\"debug\"");
            }
            case 3 -> edits.put(HOST, "30");
            default ->
                    edits.put(
                            component == Component.RELAIS ? "media/srtp" : "rate_limit/burst", "");
        }
        return edits;
    }
}
