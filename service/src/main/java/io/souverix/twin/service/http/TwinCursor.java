package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where a list of twins goes on: an opaque token to clients.
///
/// @param afterId the last twin of the page before
/// @param decommissioned whether the list includes decommissioned twins
record TwinCursor(String afterId, boolean decommissioned) {
    private static final String LIVE = "1l";
    private static final String ALL = "1a";

    String text() {
        String plain = (decommissioned ? ALL : LIVE) + afterId;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    /// @param decommissioned what this request asks for; a cursor of the other list is refused
    /// @throws ProblemException where the text is none of ours
    static TwinCursor parse(String text, boolean decommissioned) {
        String plain;
        try {
            plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException _) {
            throw invalid(text);
        }
        String wanted = decommissioned ? ALL : LIVE;
        if (!plain.startsWith(wanted) || !Subject.isId(plain.substring(wanted.length()))) {
            throw invalid(text);
        }
        return new TwinCursor(plain.substring(wanted.length()), decommissioned);
    }

    private static ProblemException invalid(String text) {
        return Query.invalid(
                "cursor",
                "found "
                        + Texts.shown(text)
                        + ", expected the next_cursor of a page of this same list");
    }
}
