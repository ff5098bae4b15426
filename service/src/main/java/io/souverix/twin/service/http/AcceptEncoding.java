package io.souverix.twin.service.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The header `Accept-Encoding` (RFC 9110): how a client takes an answer compressed.
final class AcceptEncoding {
    private AcceptEncoding() {}

    /// True where the client named this coding and did not refuse it.
    static boolean takes(@Nullable String header, String coding) {
        if (header == null) {
            return false;
        }
        for (String named : header.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = named.trim().split(";");
            boolean refused = parts.length > 1 && parts[1].trim().matches("q=0(\\.0*)?");
            if (parts[0].trim().equals(coding) && !refused) {
                return true;
            }
        }
        return false;
    }
}
