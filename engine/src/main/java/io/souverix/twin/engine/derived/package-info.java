/// What is derived and kept on disk so that a start need not fold everything again: the state of
/// subjects and the index of their histories, in RocksDB. All of it can be thrown away. Sees the JDK
/// and RocksDB only. Read [DerivedStore] first.
@NullMarked
package io.souverix.twin.engine.derived;

import org.jspecify.annotations.NullMarked;
