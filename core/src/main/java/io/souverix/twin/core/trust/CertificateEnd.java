package io.souverix.twin.core.trust;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Until when the certificate of a node is valid, from an instant on.
///
/// @param validUntilMicros of the leaf; [Times#NONE] where the node has none
/// @param retired whether the node is decommissioned
public record CertificateEnd(long fromMicros, long validUntilMicros, boolean retired) {
    public boolean isCertificate() {
        return validUntilMicros != Times.NONE;
    }

    /// What of these, oldest first, stands at an instant; null where none does yet.
    public static @Nullable CertificateEnd at(List<CertificateEnd> ends, long atMicros) {
        int low = 0;
        int high = ends.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends.get(middle).fromMicros() <= atMicros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : ends.get(low - 1);
    }

    void write(StateWriter out) {
        out.fixed(fromMicros).fixed(validUntilMicros).truth(retired);
    }

    static CertificateEnd read(StateReader in) {
        return new CertificateEnd(in.fixed(), in.fixed(), in.truth());
    }
}
