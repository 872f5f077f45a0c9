package dev.cermin.config;

import dev.cermin.redact.Kind;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Settings of what is stored: where it lies, what it is signed with, what goes, who looks at it. */
public interface TracesConfig {
    interface Store {
        /** Whether a starting gateway or recorder brings Postgres's tables up to date. */
        @WithDefault("true")
        boolean migrate();

        /** Of how long a time a partition holds the steps: what retention drops at once. */
        @WithDefault("month")
        Span partitions();
    }

    /** In UTC; weeks begin on Mondays. */
    enum Span {
        DAY,
        WEEK,
        MONTH
    }

    /** The log of what traces came to, and what it is signed with. */
    interface Audit {
        /** Of the log, as it stands in its checkpoints; without spaces and plus signs. */
        @WithDefault("cermin")
        String name();

        /**
         * What recorders sign checkpoints with: an Ed25519 key in PEM, as {@code openssl genpkey -algorithm ed25519}
         * writes it. Default none: then nothing is signed. Never logged.
         */
        Optional<String> key();

        /** A file with that key, in its place. */
        Optional<Path> keyFile();

        /** Of keys that signed before, {@code NAME+ID+KEY} each: their checkpoints stay valid. */
        Optional<List<String>> publicKeys();

        /** How often what is new is logged and signed. */
        @WithDefault("1m")
        Duration interval();

        /** A file that each checkpoint is appended to; the farther from Postgres, the better. Default none. */
        Optional<Path> file();
    }

    /** When texts of traces are erased by themselves. */
    interface Erasure {
        /** After a task's creation; default never. */
        Optional<Duration> textsAfter();

        /** The same by tenant, in its place. */
        Map<String, Duration> tenants();
    }

    /** What is replaced by marks before a trace leaves its worker; models and callers see it as it is. */
    interface Redaction {
        /** Whether anything is redacted. */
        @WithDefault("true")
        boolean enabled();

        /** What is: {@code secrets}, {@code card}, {@code iban}, {@code email}, {@code phone}. */
        @WithDefault("secrets,card,iban")
        Set<Kind> kinds();

        /** Rules of one's own, by the names of their marks: regexes of RE2, of which the first group goes, or all. */
        Map<String, String> custom();

        /** By tenant, in place of these. */
        Map<String, RedactionOf> tenants();

        /** By agent, in place of these and of the tenant's. */
        Map<String, RedactionOf> agents();
    }

    /** What a tenant or an agent has of its own. */
    interface RedactionOf {
        Optional<Boolean> enabled();

        /** Custom rules count beside them. */
        Optional<Set<Kind>> kinds();
    }

    /** What people look at. */
    interface Review {
        /** By name; a task that ends is put into each queue whose rules all hold for it. */
        Map<String, Queue> queues();

        /** For how long a task that a reviewer takes from a queue is nobody else's. */
        @WithDefault("15m")
        Duration lease();
    }

    /** Which tasks wait for a reviewer; a rule that isn't given holds for every task. */
    interface Queue {
        /** Of one of these agents. */
        Optional<Set<String>> agent();

        /** Of one of these tenants. */
        Optional<Set<String>> tenant();

        /** Whether the loop accepted its answer. */
        Optional<Boolean> accepted();

        /** Ended for one of these reasons, as {@code rounds}. */
        Optional<Set<String>> stopReason();

        /** The mean score that critics gave the answer, at most; from 0 to 1. Without any score it doesn't hold. */
        OptionalDouble maxScore();

        /** What the loop cost, at least. */
        Optional<BigDecimal> minCost();

        /** So many corrections, at least. */
        OptionalInt minRounds();

        /** Of those for which all else holds this share, above 0 up to 1; which ones is decided by a hash of their ids. */
        @WithDefault("1")
        double sample();
    }
}
