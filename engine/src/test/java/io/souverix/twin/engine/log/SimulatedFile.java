package io.souverix.twin.engine.log;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/// The contents of one simulated file: what a reader sees, and what would be there after a loss of
/// power.
final class SimulatedFile {
    static final int BLOCK_BYTES = 512;

    private byte[] seen = {};
    private byte[] durable = {};
    private final BitSet dirty = new BitSet();

    byte[] seen() {
        return seen;
    }

    int size() {
        return seen.length;
    }

    void write(byte[] bytes, int position) {
        if (position + bytes.length > seen.length) {
            seen = Arrays.copyOf(seen, position + bytes.length);
        }
        System.arraycopy(bytes, 0, seen, position, bytes.length);
        if (bytes.length > 0) {
            int last = (position + bytes.length - 1) / BLOCK_BYTES;
            dirty.set(position / BLOCK_BYTES, last + 1);
        }
    }

    void truncate(int size) {
        if (size < seen.length) {
            seen = Arrays.copyOf(seen, size);
        }
    }

    /// What was written since the last sync becomes durable.
    void sync() {
        byte[] synced = Arrays.copyOf(durable, seen.length);
        dirty.stream().forEach(block -> copyBlock(seen, synced, block));
        durable = synced;
        dirty.clear();
    }

    /// A sync that fails the way Linux does: what was written is forgotten to be unwritten, so the
    /// next sync says all is well without writing it.
    void failSync() {
        durable = Arrays.copyOf(durable, seen.length);
        dirty.clear();
    }

    /// Loses power: of what was not synced, each block is there or not, in any combination.
    void losePower(Random random) {
        int size = pickSize(random);
        byte[] left = Arrays.copyOf(durable, size);
        dirty.stream()
                .filter(_ -> random.nextBoolean())
                .forEach(block -> copyBlock(seen, left, block));
        seen = left;
        durable = left.clone();
        dirty.clear();
    }

    private int pickSize(Random random) {
        int low = Math.min(durable.length, seen.length);
        int high = Math.max(durable.length, seen.length);
        return switch (random.nextInt(3)) {
            case 0 -> durable.length;
            case 1 -> seen.length;
            default -> low + random.nextInt(high - low + 1);
        };
    }

    private static void copyBlock(byte[] from, byte[] to, int block) {
        int start = block * BLOCK_BYTES;
        int end = Math.min(Math.min(from.length, to.length), start + BLOCK_BYTES);
        if (start < end) {
            System.arraycopy(from, start, to, start, end - start);
        }
    }

    /// A file of its own with the same contents, all durable.
    SimulatedFile copy() {
        SimulatedFile copy = new SimulatedFile();
        copy.seen = seen.clone();
        copy.durable = seen.clone();
        return copy;
    }

    /// Puts other contents in place, all durable.
    void replace(byte[] bytes) {
        seen = bytes.clone();
        durable = bytes.clone();
        dirty.clear();
    }
}
