package dev.cermin.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Settings of tasks and steps on their way: workers, topics, tenants, lanes, webhooks. */
public interface FlowConfig {
    interface Worker {
        /**
         * A name that no other running worker has and that this one keeps over restarts; default: the host's name with
         * a random suffix. A stable name lets a restarted worker take up its work at once.
         */
        Optional<String> id();

        /** How long a stopping worker lets running steps end before it hands them back. */
        @WithDefault("10s")
        Duration drain();

        /**
         * For how long a worker goes on with a loop's next steps at once, where it serves their lanes and the lanes'
         * steps usually take no longer, before it hands the loop on over Kafka; so much work may be done again after a
         * crash. {@code 0s}: every step goes over Kafka.
         */
        @WithDefault("50ms")
        Duration carryOn();
    }

    interface Topics {
        /** Whether a starting service makes the topics that are missing. */
        @WithDefault("true")
        boolean create();

        /** Of those that are made: an upper bound on how many workers can share a lane. */
        @WithDefault("4")
        int partitions();
    }

    /** When tasks begin. */
    interface Admission {
        /**
         * Loops under way at once that this process has begun, however slow they are, from 1; where they end fast, as many
         * as end in half a second. Further tasks wait, and the most urgent of them is next. Fewer let an urgent one get
         * through sooner; too few leave workers idle: all workers' places in all lanes together are enough.
         */
        @WithDefault("256")
        int inFlight();

        /** Of the tasks that wait and can be chosen from, in MiB, from 1; behind them tasks are read later. */
        @WithDefault("64")
        int memoryMib();

        /** How long a task that has begun is known, so that it doesn't begin again; of the topic that is made. */
        @WithDefault("24h")
        Duration deduplication();

        /** The latest tasks that are known to have begun, at most, in each partition; some 32 bytes each, from 2. */
        @WithDefault("250000")
        int remembered();
    }

    interface Tenant {
        /** Its share of what begins while others wait too, from 1; default 1. */
        OptionalInt weight();

        /** Tasks accepted and not finished, at each gateway; default: no limit. */
        OptionalInt maxWaiting();

        /** Tasks accepted at each gateway, spread over a minute; after a pause, a tenth of them at once; default: no limit. */
        OptionalInt requestsPerMinute();

        /**
         * How long its traces are kept from their tasks' creation on, such as {@code 90d}; default: for good. What is older goes
         * by whole partitions. A tenant with one of its own has its own partitions.
         */
        Optional<Duration> retention();
    }

    interface Lane {
        /** Whether this worker serves the lane. */
        @WithDefault("true")
        boolean enabled();

        /** Steps in flight at once. */
        @WithDefault("16")
        int concurrency();

        Retry retry();
    }

    /** When a step whose model is away is begun again, by the names of MicroProfile Fault Tolerance. */
    interface Retry {
        /** After the first failure; each further one doubles it. */
        @WithDefault("1s")
        Duration delay();

        /** The longest delay. */
        @WithDefault("30s")
        Duration maxDelay();

        /** By so much a delay is longer or shorter, at random. */
        @WithDefault("200ms")
        Duration jitter();

        /** From a step's first failure on; then its loop ends as failed, with the best draft. {@code 0s}: at once. */
        @WithDefault("10m")
        Duration maxDuration();
    }

    /** Outcomes, told to an address that a task names, by the Standard Webhooks specification. */
    interface Webhooks {
        /**
         * What calls are signed with: {@code whsec_} and 24 to 64 bytes as base64, several while they are changed. Default
         * none: then there are no webhooks, and a task that wants one is refused. Never logged.
         */
        Optional<List<String>> secrets();

        /**
         * The hosts that may be called: {@code hooks.example.com}, {@code *.example.com} for all below it, either with a port
         * where that isn't the scheme's own, as in {@code hooks.example.com:8443}. Default none.
         */
        Optional<Set<String>> allowedHosts();

        /** Of one call. */
        @WithDefault("15s")
        Duration timeout();

        /** Calls in flight at once; of them, a quarter at most go to the same host. */
        @WithDefault("32")
        int concurrency();

        /** After the first failed call; each further one doubles it. */
        @WithDefault("5s")
        Duration delay();

        /** The longest delay. */
        @WithDefault("15m")
        Duration maxDelay();

        /** By so much a delay is longer or shorter, at random. */
        @WithDefault("1s")
        Duration jitter();

        /** From the first failed call on; what can't be told by then goes to the dead letters. */
        @WithDefault("1d")
        Duration maxDuration();
    }

    /** Large states lie in Postgres, and the message has their place. */
    interface ClaimCheck {
        /** Over this, in bytes, a loop's state goes to Postgres, where the worker has one. */
        @WithDefault("512K")
        MemorySize threshold();

        /** So long a state is kept at most; one whose loop has ended goes within minutes. */
        @WithDefault("7d")
        Duration keep();
    }
}
