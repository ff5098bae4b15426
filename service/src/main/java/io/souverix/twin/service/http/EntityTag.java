package io.souverix.twin.service.http;

import io.souverix.twin.core.event.EventHash;
import org.jspecify.annotations.Nullable;

/// The strong entity tag of an answer (RFC 9110): the first 16 bytes of the SHA-256 of its body,
/// without `meta`.
record EntityTag(String text) {
    static EntityTag of(byte[] bytes, int length) {
        return new EntityTag('"' + EventHash.of(bytes, length).hex() + '"');
    }

    /// True where `If-None-Match` names this tag: `*`, or a list of tags, weak ones too.
    boolean matches(@Nullable String ifNoneMatch) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String candidate : ifNoneMatch.split(",")) {
            String tag = candidate.trim();
            if (tag.equals("*") || tag.equals(text) || tag.equals("W/" + text)) {
                return true;
            }
        }
        return false;
    }
}
