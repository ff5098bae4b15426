package io.souverix.twin.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/// Asks the same of several parts at once. Each but the last has a virtual thread of its own, the last
/// that of the caller: nothing waits behind another question's parts, as it would in a pool.
final class SideBySide {
    private SideBySide() {}

    /// What each part answers, in their order. What a part throws is thrown.
    static <P, T> List<T> each(List<P> parts, Function<? super P, ? extends T> question) {
        List<CompletableFuture<T>> others = new ArrayList<>();
        for (P part : parts.subList(0, parts.size() - 1)) {
            others.add(
                    CompletableFuture.supplyAsync(
                            () -> question.apply(part), Thread::startVirtualThread));
        }
        T last = question.apply(parts.getLast());
        List<T> answers = new ArrayList<>();
        for (CompletableFuture<T> other : others) {
            answers.add(joined(other));
        }
        answers.add(last);
        return answers;
    }

    /// What one part answers while the caller does another.
    static <T> T with(Supplier<T> question, Runnable other) {
        CompletableFuture<T> answer =
                CompletableFuture.supplyAsync(question, Thread::startVirtualThread);
        try {
            other.run();
        } catch (RuntimeException | Error e) {
            // It reads what the caller will close.
            answer.exceptionally(_ -> null).join();
            throw e;
        }
        return joined(answer);
    }

    private static <T> T joined(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }
}
