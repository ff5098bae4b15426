package io.souverix.twin.core.trust;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Payload.Dependency;

/// The SBOM of what a node runs, from an instant on.
///
/// @param hash as [Digests#normal] writes it
/// @param inlined what the node's events say is in it
public record RunningSbom(long fromMicros, String hash, Inlined inlined) {
    void write(StateWriter out) {
        out.fixed(fromMicros).text(hash);
        write(out, inlined);
    }

    static RunningSbom read(StateReader in) {
        return new RunningSbom(in.fixed(), in.text(), readInlined(in));
    }

    static void write(StateWriter out, Inlined inlined) {
        out.list(
                inlined.dependencies(),
                (o, each) -> o.text(each.name()).text(each.version()).text(each.purl()));
    }

    static Inlined readInlined(StateReader in) {
        return in.sharing()
                .value(
                        Inlined.of(
                                in.list(i ->
                                        new Dependency(i.text(), i.text(), i.optionalText()))));
    }
}
