package io.souverix.twin.service.cli;

import io.souverix.twin.engine.LostEventsException;
import io.souverix.twin.engine.log.CorruptLogException;
import io.souverix.twin.engine.log.LogException;
import io.souverix.twin.service.cli.client.Failure;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;

/// What went wrong, in words for an operator, and what to do about it.
final class FailureReport {
    private FailureReport() {}

    static Failure of(Throwable fault) {
        return switch (fault) {
            case Failure failure -> failure;
            case CorruptLogException corrupt -> corrupt(corrupt);
            case LogException log -> log(log);
            case LostEventsException lost -> lost(lost);
            default -> unforeseen(fault);
        };
    }

    private static Failure corrupt(CorruptLogException fault) {
        return new Failure(
                "the log is damaged: " + Failure.words(fault),
                "Nothing was changed. Keep a copy of the directory as it is, then restore it from a"
                        + " backup; docs/operating.md says how to cut the log back where the loss"
                        + " is accepted.",
                fault);
    }

    private static Failure lost(LostEventsException fault) {
        return new Failure(
                Failure.words(fault),
                "Nothing was changed. Restore the log from a backup. Where an older log was put there"
                        + " on purpose, delete derived/ beside it: it is made anew.",
                fault);
    }

    private static Failure log(LogException fault) {
        return new Failure(Failure.words(fault), advice(fault.reason()), fault);
    }

    private static String advice(LogException.Reason reason) {
        return switch (reason) {
            case LOCKED ->
                    "A running service uses this directory: stop it first (SIGTERM ends it"
                            + " cleanly), or name another directory with --data. To check a running"
                            + " service, take a copy with 'twin backup' and check that.";
            case UNREADABLE -> "Is it a directory that this user may read and write?";
            case FAILED -> "Look at the disk (full? failing?), then start again.";
            case CORRUPT, CLOSED, NO_SUCH_ADDRESS -> "Keep a copy of the directory as it is.";
        };
    }

    private static Failure unforeseen(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException denied) {
                return new Failure(
                        "access to " + denied.getFile() + " is denied",
                        "May this user read and write there?",
                        fault);
            }
        }
        return new Failure(
                fault.getClass().getSimpleName() + ": " + Failure.words(fault),
                "This should not happen. TWIN_DEBUG=1 shows where it did.",
                fault);
    }

    /// Why a server could not listen.
    static Failure listening(Exception fault, String host, int port) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException bind) {
                boolean taken = String.valueOf(bind.getMessage()).contains("in use");
                return taken
                        ? new Failure(
                                "port " + port + " of " + host + " is taken",
                                "Is a service running already? Choose another port with --port (0"
                                        + " takes any free one).",
                                fault)
                        : cannotListen(host, port, bind);
            }
            if (cause instanceof UnresolvedAddressException
                    || cause instanceof UnknownHostException) {
                return cannotListen(host, port, cause);
            }
        }
        return of(fault);
    }

    private static Failure cannotListen(String host, int port, Throwable cause) {
        return new Failure(
                "cannot listen on " + host + ":" + port + ": " + Failure.words(cause),
                "--host takes a name or address of this machine, --port one this user may use"
                        + " (above 1023 as a rule).",
                cause);
    }
}
