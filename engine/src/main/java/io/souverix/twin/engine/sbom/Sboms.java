package io.souverix.twin.engine.sbom;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Documents;
import io.souverix.twin.core.trust.Digests;
import io.souverix.twin.engine.sbom.SbomStore.Draft;
import io.souverix.twin.engine.sbom.SbomStore.Kept;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// The stored SBOM documents: recorded facts, each kept once by its digest. Thread-safe.
public final class Sboms implements AutoCloseable {
    /// How many bytes a document may have.
    public static final long MAX_BYTES = 64L << 20;

    /// How many documents are kept.
    public static final int MAX_DOCUMENTS = 20_000;

    /// How many come in at a time.
    public static final int MAX_INCOMING = 4;

    private final SbomStore store;
    private final InstantSource clock;
    private final Semaphore incoming = new Semaphore(MAX_INCOMING);
    private final Map<String, Kept> kept = new HashMap<>();

    /// What is wrong with documents that are not what they were, by digest.
    private final Map<String, String> damaged = new ConcurrentSkipListMap<>();

    private final SbomIndex index = new SbomIndex();
    private final Object indexing = new Object();
    private Documents documents = Documents.NONE;
    private long lastRecorded;

    private @Nullable Thread preparing;
    private volatile boolean closed;

    /// Whether all that is kept is in the index. Guarded by `indexing`.
    private boolean indexed;

    private Sboms(SbomStore store, InstantSource clock) throws IOException {
        this.store = store;
        this.clock = clock;
        Map<String, Long> all = new HashMap<>();
        for (Kept one : store.all()) {
            kept.put(one.digest(), one);
            all.put(one.digest(), one.recordedMicros());
            lastRecorded = Math.max(lastRecorded, one.recordedMicros());
        }
        documents = documents.with(all);
        indexed = all.isEmpty();
    }

    /// Documents kept in files of a directory, which is made where there is none.
    public static Sboms open(Path directory, InstantSource clock) {
        try {
            Sboms sboms = new Sboms(SbomFiles.open(directory), clock);
            // So that the first question need not wait for it.
            sboms.preparing = Thread.ofPlatform().daemon().name("twin-sboms").start(sboms::prepare);
            return sboms;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the documents at " + directory, e);
        }
    }

    private void prepare() {
        try {
            var _ = index();
        } catch (RuntimeException e) {
            if (closed) {
                return;
            }
            System.getLogger(Sboms.class.getName())
                    .log(System.Logger.Level.WARNING, "documents could not be indexed", e);
        }
    }

    /// Documents kept in memory.
    public static Sboms inMemory(InstantSource clock) {
        try {
            return new Sboms(new SbomStore.InMemory(), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A document that is stored, and whether it was not before.
    public record Stored(SbomDocument document, boolean fresh) {}

    /// Which documents are stored.
    public synchronized Documents documents() {
        return documents;
    }

    /// Stores a document as it streams in; what is stored already is checked and stays as it is.
    ///
    /// @param digest 64 hex digits, with or without `sha256:`
    /// @throws SbomFault where it is not taken
    /// @throws IOException where the body breaks, or the disk fails
    public Stored put(String digest, InputStream body) throws SbomFault, IOException {
        String expected = normal(digest);
        if (!incoming.tryAcquire()) {
            throw new SbomFault(
                    SbomFault.Kind.OVERLOADED,
                    MAX_INCOMING + " documents are coming in, and no more are taken at a time");
        }
        try (Draft draft = store.draft()) {
            long bytes = receive(expected, body, draft.out());
            SbomDocument read;
            try (InputStream again = draft.read()) {
                read = CycloneDxReader.read(again, expected, Times.NONE, bytes);
            }
            Stored stored = keep(draft, read);
            addToIndex(stored.document());
            return stored;
        } finally {
            incoming.release();
        }
    }

    private static String normal(String digest) throws SbomFault {
        String normal = Digests.normal(digest);
        if (!Digests.isSha256(normal)) {
            throw new SbomFault(
                    SbomFault.Kind.MALFORMED_DIGEST,
                    "found another digest, expected the 64 hex digits of a SHA-256, with or"
                            + " without sha256:");
        }
        return normal;
    }

    private static long receive(String expected, InputStream body, OutputStream out)
            throws SbomFault, IOException {
        MessageDigest hash = sha256();
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            bytes += read;
            if (bytes > MAX_BYTES) {
                throw new SbomFault(
                        SbomFault.Kind.TOO_LARGE,
                        "found more than " + MAX_BYTES + " bytes, expected at most that");
            }
            hash.update(buffer, 0, read);
            out.write(buffer, 0, read);
        }
        out.flush();
        String found = "sha256:" + HexFormat.of().formatHex(hash.digest());
        if (!found.equals(expected)) {
            throw new SbomFault(
                    SbomFault.Kind.ANOTHER_DIGEST,
                    "found a body of " + found + ", expected " + expected);
        }
        return bytes;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private synchronized Stored keep(Draft draft, SbomDocument read) throws SbomFault, IOException {
        Kept known = kept.get(read.digest());
        if (known != null) {
            if (damaged.containsKey(known.digest())) {
                draft.keep(known);
                damaged.remove(known.digest());
            }
            return new Stored(read.recordedAt(known.recordedMicros()), false);
        }
        if (kept.size() >= MAX_DOCUMENTS) {
            throw new SbomFault(
                    SbomFault.Kind.FULL,
                    "found " + kept.size() + " documents stored, expected fewer than that");
        }
        lastRecorded = Math.max(lastRecorded, Times.micros(clock.instant()));
        Kept fresh = new Kept(read.digest(), lastRecorded, read.bytes());
        draft.keep(fresh);
        kept.put(fresh.digest(), fresh);
        documents = documents.with(fresh.digest(), lastRecorded);
        return new Stored(read.recordedAt(lastRecorded), true);
    }

    /// Adds a document that is kept. While the others are not indexed yet, it is found with them.
    private void addToIndex(SbomDocument document) {
        synchronized (indexing) {
            if (indexed) {
                index.add(document);
            }
        }
    }

    /// The bytes of a document as they were put, to be closed by the caller. They are hashed again
    /// before any of them is given.
    ///
    /// @throws SbomDamage where they are others, or cannot be read
    public Optional<InputStream> content(String hash, Documents known) {
        Kept one = known(hash, known);
        if (one == null) {
            return Optional.empty();
        }
        return Optional.of(whole(one));
    }

    /// The bytes of a document, after all of them were hashed again.
    private InputStream whole(Kept one) {
        try {
            try (DigestInputStream in = new DigestInputStream(store.open(one), sha256())) {
                var _ = in.transferTo(OutputStream.nullOutputStream());
                String found = "sha256:" + HexFormat.of().formatHex(in.getMessageDigest().digest());
                if (!found.equals(one.digest())) {
                    throw damage(one, "found bytes of " + found);
                }
            }
            return store.open(one);
        } catch (IOException e) {
            throw damage(one, e.toString());
        }
    }

    private SbomDamage damage(Kept one, String why) {
        SbomDamage damage = new SbomDamage(one.digest(), why);
        if (damaged.put(one.digest(), why) == null) {
            System.getLogger(Sboms.class.getName()).log(System.Logger.Level.ERROR, damage);
        }
        return damage;
    }

    /// What is wrong with documents that were found damaged in this run, by digest.
    public Map<String, String> damaged() {
        return Map.copyOf(damaged);
    }

    private synchronized @Nullable Kept known(String hash, Documents known) {
        return known.holds(hash) ? kept.get(Digests.normal(hash)) : null;
    }

    /// A document by its hash in any spelling; empty where none is stored, or none was known.
    public Optional<SbomDocument> document(String hash, Documents known) {
        return known.holds(hash)
                ? Optional.ofNullable(index().document(Digests.normal(hash)))
                : Optional.empty();
    }

    /// The index, made when it is first asked for.
    SbomIndex index() {
        synchronized (indexing) {
            if (!indexed) {
                for (Kept one : all()) {
                    if (closed) {
                        throw new IllegalStateException("the documents are closed");
                    }
                    addWhole(one);
                }
                indexed = true;
            }
            return index;
        }
    }

    private synchronized List<Kept> all() {
        return List.copyOf(kept.values());
    }

    /// Adds a document to the index; one that is damaged is named and left out.
    private void addWhole(Kept one) {
        try (InputStream in = whole(one)) {
            index.add(CycloneDxReader.read(in, one.digest(), one.recordedMicros(), one.bytes()));
        } catch (SbomFault | IOException e) {
            var _ = damage(one, e.toString());
        } catch (SbomDamage _) {
            // It is named already.
        }
    }

    /// Ends what is done beside the answers.
    @Override
    public void close() {
        closed = true;
        Thread thread = preparing;
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
