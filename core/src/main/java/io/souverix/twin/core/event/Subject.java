package io.souverix.twin.core.event;

/// What an event is about: a node, a domain, or a component of the release catalogue.
public record Subject(Kind kind, String id) {
    /// How many characters the id of a subject may have.
    public static final int MAX_ID_LENGTH = 128;

    /// The kind of subject, with the envelope member that names it.
    public enum Kind {
        NODE(0, "node_id"),
        DOMAIN(1, "domain_id"),
        COMPONENT(2, "component");

        private final int code;
        private final String member;

        Kind(int code, String member) {
            this.code = code;
            this.member = member;
        }

        public String member() {
            return member;
        }

        /// The number of the kind in the log.
        public int code() {
            return code;
        }
    }

    public static Subject node(String id) {
        return new Subject(Kind.NODE, id);
    }

    /// True where the text may name a subject: 1 to 128 letters, digits and `. _ : -`, starting
    /// with a letter or digit.
    public static boolean isId(String text) {
        if (text.isEmpty() || text.length() > MAX_ID_LENGTH || !isAlphanumeric(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && c != '.' && c != '_' && c != ':' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
