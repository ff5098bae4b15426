package io.souverix.twin.core.trust;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Payload.Dependency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SBOM of what a node runs, from an instant on.
///
/// @param hash as [Digests#normal] writes it
/// @param inlined what the node's events say is in it
/// @param retired whether the node is decommissioned: then it runs nothing any more
public record RunningSbom(long fromMicros, String hash, Inlined inlined, boolean retired) {
    void write(StateWriter out) {
        out.fixed(fromMicros).text(hash);
        write(out, inlined);
        out.truth(retired);
    }

    static RunningSbom read(StateReader in) {
        return new RunningSbom(in.fixed(), in.text(), readInlined(in), in.truth());
    }

    /// What of these, oldest first, stands at an instant; null where none does yet.
    public static @Nullable RunningSbom at(List<RunningSbom> runs, long atMicros) {
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (runs.get(middle).fromMicros() <= atMicros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : runs.get(low - 1);
    }

    public static void write(StateWriter out, Inlined inlined) {
        out.list(
                inlined.dependencies(),
                (o, each) -> o.text(each.name()).text(each.version()).text(each.purl()));
    }

    public static Inlined readInlined(StateReader in) {
        return in.sharing()
                .value(
                        Inlined.of(
                                in.list(i ->
                                        new Dependency(i.text(), i.text(), i.optionalText()))));
    }
}
