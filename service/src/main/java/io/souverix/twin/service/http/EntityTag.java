package io.souverix.twin.service.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The strong entity tag of an answer (RFC 9110): the SHA-256 of its body, without `meta`.
record EntityTag(String text) {
    static EntityTag of(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
            return new EntityTag('"' + hash + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
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
