package io.souverix.twin.service.http;

/// The stable codes of what can go wrong with a request, each with its status and title. Codes of
/// single events are those of [io.souverix.twin.core.event.Rejection.Code].
enum ProblemCode {
    UNREADABLE_REQUEST("unreadable_request", 400, "The request is not readable as HTTP/1.1"),
    INVALID_PARAMETER("invalid_parameter", 400, "A query parameter has a wrong value"),
    INVALID_FILTER("invalid_filter", 400, "The filter is not understood"),
    UNKNOWN_PARAMETER("unknown_parameter", 400, "A query parameter is not known here"),
    AT_IN_FUTURE("at_in_future", 400, "The instant asked about is still to come"),
    AT_NOT_OFFERED("at_not_offered", 400, "This answer is given of the present only"),
    MALFORMED_JSON("malformed_json", 400, "The body is not JSON that is taken"),
    MALFORMED_DIGEST("malformed_digest", 400, "The path names no SHA-256"),
    CORRUPT_ENCODING("corrupt_encoding", 400, "The compressed body is broken"),
    NO_SUCH_ROUTE("no_such_route", 404, "There is nothing at this path"),
    UNKNOWN_TWIN("unknown_twin", 404, "No event of this twin was ever accepted"),
    UNKNOWN_DOMAIN("unknown_domain", 404, "No event of this domain was ever accepted"),
    NOT_YET_KNOWN("not_yet_known", 404, "The first event is after that instant"),
    NO_SUCH_PART("no_such_part", 404, "The twin has no such part"),
    UNKNOWN_PROJECTION("unknown_projection", 404, "There is no projection of that name"),
    UNKNOWN_SCHEMA("unknown_schema", 404, "There is no event type of that name"),
    UNKNOWN_SBOM("unknown_sbom", 404, "No document of that digest is stored"),
    UNKNOWN_CAMPAIGN("unknown_campaign", 404, "No node takes part in that campaign"),
    UNKNOWN_ITEM("unknown_item", 404, "There is no item of that id"),
    METHOD_NOT_ALLOWED("method_not_allowed", 405, "The path does not take this method"),
    NOT_ACCEPTABLE("not_acceptable", 406, "No representation of the answer is acceptable"),
    BEFORE_RETAINED_HISTORY(
            "before_retained_history", 410, "The history of that instant is not retained"),
    BODY_TOO_LARGE("body_too_large", 413, "The body is too large"),
    URI_TOO_LONG("uri_too_long", 414, "The request line is too long"),
    UNSUPPORTED_MEDIA_TYPE("unsupported_media_type", 415, "Events do not come in this media type"),
    UNSUPPORTED_ENCODING("unsupported_encoding", 415, "Bodies do not come in this encoding"),
    DIGEST_MISMATCH("digest_mismatch", 422, "The document has another digest"),
    NOT_CYCLONEDX("not_cyclonedx", 422, "The document is no CycloneDX that is taken"),
    INVALID_ORDER("invalid_order", 422, "What is to be done about the item is not understood"),
    ALL_REJECTED("all_events_rejected", 422, "Every event was rejected"),
    REBUILDING("rebuilding", 409, "It is being rebuilt already"),
    OVERLOADED("overloaded", 429, "More is coming in than can be taken"),
    INTERNAL_ERROR("internal_error", 500, "The service failed"),
    UNAVAILABLE("unavailable", 503, "The service takes no events now"),
    TOO_MANY_REQUESTS("too_many_requests", 503, "Too many requests are under way"),
    QUARANTINED("quarantined", 503, "It is set aside, as it cannot be answered"),
    TOO_MANY_STREAMS("too_many_streams", 503, "Too many clients are streamed to"),
    POSITION_NOT_REACHED("position_not_reached", 503, "The position was not reached in time");

    private final String word;
    private final int status;
    private final String title;

    ProblemCode(String word, int status, String title) {
        this.word = word;
        this.status = status;
        this.title = title;
    }

    String word() {
        return word;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /// True where the same request may succeed a little later.
    boolean passes() {
        return status == 429 || status == 503;
    }
}
