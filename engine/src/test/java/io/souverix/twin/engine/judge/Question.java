package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.List;

/// What is asked about one node, and all that the answer may depend on.
///
/// @param accepted every event of the node that counts, annulled and annulling ones included
/// @param history the same without those annulled
record Question(
        String node,
        List<Event> accepted,
        List<Event> history,
        Catalogue catalogue,
        Domains domains,
        JudgeRules rules,
        Instant now) {}
