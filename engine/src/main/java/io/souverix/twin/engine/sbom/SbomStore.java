package io.souverix.twin.engine.sbom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where documents are kept, by digest.
sealed interface SbomStore permits SbomFiles, SbomStore.InMemory {
    /// A document that is kept.
    record Kept(String digest, long recordedMicros, long bytes) {}

    List<Kept> all() throws IOException;

    InputStream open(Kept kept) throws IOException;

    /// A place for a document that comes in; to be closed, kept or not.
    Draft draft() throws IOException;

    /// A document that is not kept yet.
    interface Draft extends AutoCloseable {
        OutputStream out();

        /// What was written so far, from its start.
        InputStream read() throws IOException;

        /// Keeps it; durable when this returns.
        void keep(Kept kept) throws IOException;

        @Override
        void close() throws IOException;
    }

    /// Keeps documents in memory. Thread-safe.
    final class InMemory implements SbomStore {
        private final Map<String, byte[]> documents = new HashMap<>();
        private final List<Kept> kept = new ArrayList<>();

        @Override
        public synchronized List<Kept> all() {
            return List.copyOf(kept);
        }

        @Override
        public synchronized InputStream open(Kept one) throws IOException {
            byte[] bytes = documents.get(one.digest());
            if (bytes == null) {
                throw new IOException("no document " + one.digest());
            }
            return new ByteArrayInputStream(bytes);
        }

        private synchronized void keep(Kept one, byte[] bytes) {
            documents.put(one.digest(), bytes);
            kept.add(one);
        }

        @Override
        public Draft draft() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            return new Draft() {
                @Override
                public OutputStream out() {
                    return out;
                }

                @Override
                public InputStream read() {
                    return new ByteArrayInputStream(out.toByteArray());
                }

                @Override
                public void keep(Kept one) {
                    InMemory.this.keep(one, out.toByteArray());
                }

                @Override
                public void close() {
                    // Nothing is left behind.
                }
            };
        }
    }
}
