package io.souverix.twin.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Where events are written and wait to be taken: the lines of the last few steps, one after the
/// other in one buffer. Emptied before the next step runs, so it holds one step's events.
///
/// An event is opened with its envelope ([#node], [#domain], [#component]), may get
/// [#sequence] and [#epoch], then [#payload], its fields, and [#close].
final class Outbox {
    private final FleetPlan plan;
    private final Map<Source, byte[][]> sources = new EnumMap<>(Source.class);
    private final JsonBytes json = new JsonBytes();

    private int[] ends = new int[16];
    private int[] subjectStarts = new int[16];
    private int[] subjectEnds = new int[16];
    private long[] timestamps = new long[16];
    private int written;
    private int taken;

    private long deliveredAt;
    private long counter;
    private String presetId = "";
    private String lastId = "";
    private boolean lastIdPreset;

    Outbox(FleetPlan plan) {
        this.plan = plan;
        for (Source source : Source.values()) {
            byte[][] names = new byte[plan.regions()][];
            for (int region = 0; region < plan.regions(); region++) {
                String name = source.system() + "/" + plan.regionName(region);
                names[region] = name.getBytes(StandardCharsets.US_ASCII);
            }
            sources.put(source, names);
        }
    }

    /// The clock of the next deliveries, in microseconds since 1970.
    void clock(long micros) {
        deliveredAt = micros;
    }

    /// The next event gets this id instead of the next number.
    Outbox withId(String id) {
        presetId = id;
        return this;
    }

    /// The id of the event written last.
    String lastId() {
        return lastIdPreset ? lastId : "evt-" + counter;
    }

    Outbox node(String type, int node, long timestamp, Source source) {
        open(timestamp, source, plan.region(node));
        json.ascii(",\"node_id\":\"");
        subjectStarts[written] = json.size();
        nodeId(node);
        return typed(type, source, plan.region(node));
    }

    Outbox domain(String type, String domain, int region, long timestamp) {
        open(timestamp, Source.MULTI_MASTER, region);
        json.ascii(",\"domain_id\":\"");
        subjectStarts[written] = json.size();
        json.ascii(domain);
        return typed(type, Source.MULTI_MASTER, region);
    }

    Outbox component(String type, Component component, long timestamp) {
        open(timestamp, Source.LIFECYCLE, 0);
        json.ascii(",\"component\":\"");
        subjectStarts[written] = json.size();
        json.ascii(component.type());
        return typed(type, Source.LIFECYCLE, 0);
    }

    private void open(long timestamp, Source source, int region) {
        room();
        timestamps[written] = timestamp;
        json.ascii("{\"id\":\"");
        lastIdPreset = !presetId.isEmpty();
        if (lastIdPreset) {
            json.ascii(presetId);
            lastId = presetId;
            presetId = "";
        } else {
            json.ascii("evt-").number(++counter);
        }
        json.ascii("\",\"timestamp\":").time(timestamp, offsetHours(source, region));
    }

    /// One region's connectivity manager writes local time: an offset is as good as `Z`.
    private static int offsetHours(Source source, int region) {
        return source == Source.CONNECTIVITY && region == 1 ? 1 : 0;
    }

    private Outbox typed(String type, Source source, int region) {
        subjectEnds[written] = json.size();
        json.ascii("\",\"event_type\":\"").ascii(type);
        json.ascii("\",\"source\":\"").raw(nameOf(source, region)).raw('"');
        return this;
    }

    private byte[] nameOf(Source source, int region) {
        return Objects.requireNonNull(sources.get(source))[region];
    }

    Outbox sequence(long sequence) {
        json.ascii(",\"sequence\":").number(sequence);
        return this;
    }

    Outbox epoch(long epoch) {
        json.ascii(",\"epoch\":").number(epoch);
        return this;
    }

    Outbox payload() {
        json.ascii(",\"payload\":{");
        return this;
    }

    Outbox put(String name, String value) {
        json.name(name).string(value);
        return this;
    }

    Outbox put(String name, long value) {
        json.name(name).number(value);
        return this;
    }

    Outbox put(String name, boolean value) {
        json.name(name).ascii(value ? "true" : "false");
        return this;
    }

    Outbox putHundredths(String name, long value) {
        json.name(name).hundredths(value);
        return this;
    }

    Outbox putTime(String name, long micros) {
        json.name(name).time(micros, 0);
        return this;
    }

    Outbox putNode(String name, int node) {
        json.name(name).raw('"');
        nodeId(node);
        json.raw('"');
        return this;
    }

    /// A digest-like text of 16 hexadecimal digits.
    Outbox putDigest(String name, long value) {
        json.name(name).ascii("\"sha256:").hexDigits(value, 16).raw('"');
        return this;
    }

    /// A value, or several members, rendered before.
    Outbox putRaw(String name, byte[] value) {
        json.name(name).raw(value);
        return this;
    }

    Outbox members(byte[] members) {
        json.comma().raw(members);
        return this;
    }

    Outbox open(String name) {
        json.name(name).raw('{');
        return this;
    }

    Outbox shut() {
        json.raw('}');
        return this;
    }

    /// For what the other methods do not write.
    JsonBytes json() {
        return json;
    }

    /// Ends the payload and the event.
    void close() {
        json.ascii("}}\n");
        ends[written++] = json.size();
    }

    /// Delivers a line that was taken before once more.
    void redeliver(SimulatedEvent event) {
        room();
        timestamps[written] = Fleet.micros(event.timestamp());
        int at = json.size();
        json.raw(event.json()).raw('\n');
        String mark = "_id\":\"";
        String line = event.toString();
        int subject = line.indexOf(event.subject(), Math.max(0, line.indexOf(mark)));
        subjectStarts[written] = at + subject;
        subjectEnds[written] = at + subject + event.subject().length();
        ends[written++] = json.size();
    }

    boolean isEmpty() {
        return taken == written;
    }

    /// How many events wait.
    int size() {
        return written - taken;
    }

    /// The last event written, as it waits.
    SimulatedEvent last() {
        return event(written - 1);
    }

    SimulatedEvent take() {
        SimulatedEvent event = event(taken++);
        clearWhenEmpty();
        return event;
    }

    /// Hands over up to `limit` waiting events as lines; answers how many.
    int drainTo(OutputStream target, long limit) throws IOException {
        int count = (int) Math.min(limit, size());
        if (count > 0) {
            json.writeTo(target, start(taken), ends[taken + count - 1]);
            taken += count;
        }
        clearWhenEmpty();
        return count;
    }

    private SimulatedEvent event(int index) {
        byte[] line = json.copy(start(index), ends[index] - 1);
        String subject = json.text(subjectStarts[index], subjectEnds[index]);
        return new SimulatedEvent(line, instant(deliveredAt), instant(timestamps[index]), subject);
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    private void clearWhenEmpty() {
        if (isEmpty()) {
            written = 0;
            taken = 0;
            json.clear();
        }
    }

    private void nodeId(int node) {
        json.raw(plan.nodePrefix(node)).number(plan.nodeNumber(node));
    }

    private void room() {
        if (written == ends.length) {
            int more = written * 2;
            ends = Arrays.copyOf(ends, more);
            subjectStarts = Arrays.copyOf(subjectStarts, more);
            subjectEnds = Arrays.copyOf(subjectEnds, more);
            timestamps = Arrays.copyOf(timestamps, more);
        }
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }
}
