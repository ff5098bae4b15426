package io.souverix.twin.engine.derived;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// The machine code of RocksDB, which lies in its jar and is unpacked at every start unless a folder
/// of `java.library.path` has it.
public final class NativeLibrary {
    private NativeLibrary() {}

    /// Copies it into a folder, under the name it is looked for by.
    ///
    /// @throws IOException where it cannot be written
    public static void unpack(Path folder) throws IOException {
        String name = Environment.getJniLibraryFileName("rocksdb");
        try (InputStream library = RocksDB.class.getResourceAsStream("/" + name)) {
            if (library == null) {
                throw new IOException("found no " + name + " on the class path, expected one");
            }
            Files.createDirectories(folder);
            Files.copy(library, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
