package io.souverix.twin.bench;

/// The rows of the table, in its order. The goals are those of the design ("how it is proved").
public enum Row {
    FILE("limit-file", "limit: bare file, frames of 1,000, fdatasync each", Unit.EVENTS),
    ROCKS("limit-rocksdb", "limit: bare RocksDB, frames of 1,000, synced each", Unit.EVENTS),
    PARSE("limit-parse", "events read from JSON lines, one thread", Unit.EVENTS),
    DECODE("limit-decode", "events decoded from the log's form, one thread", Unit.EVENTS),

    INGEST(
            "ingest",
            "durable ingest in process, batches of 1,000",
            Unit.EVENTS,
            Goal.atLeast(250_000, 500_000)),
    INGEST_HEAP("heap-ingest", "heap in use after the ingest, collected", Unit.MB, heap()),
    INGEST_HTTP(
            "ingest-http",
            "durable ingest over HTTP, NDJSON",
            Unit.EVENTS,
            Goal.atLeast(150_000, 300_000)),
    SINGLES_HTTP(
            "singles-http",
            "single events over HTTP, 64 clients, each durable",
            Unit.EVENTS,
            Goal.atLeast(10_000, 20_000)),
    SINGLES_HTTP_P99(
            "singles-http-p99", "single events over HTTP, p99", Unit.MS, Goal.atMost(50, 20)),
    REBUILD(
            "rebuild",
            "rebuild of everything from the log, to the first answer",
            Unit.EVENTS,
            Goal.atLeast(1_000_000, 3_000_000)),
    REBUILD_CHECKPOINT(
            "rebuild-checkpoint", "rebuild, and a whole checkpoint written", Unit.EVENTS),
    LATE("late", "a late backlog of 100,000 events of one node", Unit.SECONDS, late()),
    LATE_LINEAR(
            "late-linear",
            "late backlog: what an event of 100,000 costs, to one of 10,000",
            Unit.TIMES),
    LATE_HTTP("late-http", "a late backlog of 100,000 events over HTTP", Unit.SECONDS, late()),

    READ("read", "read one twin in process, rendered, one thread", Unit.READS),
    READ_HTTP(
            "read-http",
            "read one twin over HTTP, 8 clients",
            Unit.READS,
            Goal.atLeast(30_000, 45_000)),
    READ_HTTP_P99("read-http-p99", "read one twin over HTTP, p99", Unit.MS, Goal.atMost(10, 5)),
    FILTER("filter", "filter, first page of 100, in process, p95", Unit.MS, filter()),
    FILTER_P50("filter-p50", "filter, first page, in process, p50", Unit.MS),
    FILTER_HTTP("filter-http", "filter, first page of 100, over HTTP, p95", Unit.MS),
    AGGREGATE(
            "aggregate",
            "unfiltered aggregate in process, p95 of the slowest",
            Unit.MS,
            Goal.atMost(1, 0.1)),
    AGGREGATE_HTTP("aggregate-http", "unfiltered aggregate over HTTP, p95", Unit.MS),
    PAST_STATES(
            "past-states",
            "fleet at a past instant: states",
            Unit.MS,
            Goal.atMost(150, 50).upTo(100_000)),
    PAST_AGGREGATES(
            "past-aggregates",
            "fleet at a past instant: aggregates, the slowest",
            Unit.MS,
            Goal.atMost(500, 100).upTo(100_000)),
    PAST_HTTP("past-http", "fleet at a past instant, over HTTP", Unit.MS),

    STREAM("stream", "event to subscriber in process, p99", Unit.MS, Goal.atMost(10, 3)),
    STREAM_P50("stream-p50", "event to subscriber in process, p50", Unit.MS),
    STREAM_HTTP("stream-http", "event to subscriber over SSE, p99", Unit.MS, Goal.atMost(10, 3)),
    STREAM_HTTP_P50("stream-http-p50", "event to subscriber over SSE, p50", Unit.MS),

    HEAP("heap", "heap in use after a start, collected", Unit.MB, heap()),
    RESIDENT("resident", "whole process after a start, resident", Unit.MB),
    START_EMPTY("start-empty", "start of an empty service", Unit.SECONDS, Goal.atMost(1, 0.3)),
    START(
            "start",
            "start of the service with the load",
            Unit.SECONDS,
            Goal.atMost(3, 1).upTo(1_000_000)),

    AFFECTED(
            "affected",
            "affected by a package, 300 documents of 1,000, p99",
            Unit.MS,
            Goal.atMost(50, 10).upTo(100_000)),
    AFFECTED_P50("affected-p50", "affected by a package, p50", Unit.MS),
    AFFECTED_HTTP("affected-http", "affected by a package, over HTTP, p99", Unit.MS),
    HOPS(
            "hops",
            "3-hop neighbourhood, both ways, in process, p99",
            Unit.MS,
            Goal.atMost(0.5, 0.05).upTo(100_000)),
    HOPS_P50("hops-p50", "3-hop neighbourhood in process, p50", Unit.MS),
    HOPS_HTTP("hops-http", "3-hop neighbourhood over HTTP, p99", Unit.MS),
    GRAPH("graph", "graph", Unit.MS);

    /// What a figure counts.
    public enum Unit {
        EVENTS("events/s"),
        READS("reads/s"),
        MS("ms"),
        SECONDS("s"),
        MB("MB"),
        TIMES("times");

        private final String word;

        Unit(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private final String key;
    private final String what;
    private final Unit unit;

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
    private final Goal goal;

    Row(String key, String what, Unit unit) {
        this(key, what, unit, Goal.NONE);
    }

    Row(String key, String what, Unit unit, Goal goal) {
        this.key = key;
        this.what = what;
        this.unit = unit;
        this.goal = goal;
    }

    private static Goal heap() {
        return Goal.atMost(1_500, 600).upTo(1_000_000);
    }

    private static Goal late() {
        return Goal.atMost(1, 0.3);
    }

    private static Goal filter() {
        return Goal.atMost(5, 1).upTo(100_000);
    }

    /// What it is called on the command line.
    String key() {
        return key;
    }

    String what() {
        return what;
    }

    Unit unit() {
        return unit;
    }

    Goal goal() {
        return goal;
    }
}
