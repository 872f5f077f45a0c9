package dev.cermin.dispatch;

import dev.cermin.model.Failure;
import dev.cermin.model.Model;
import dev.cermin.model.Models;
import dev.cermin.model.Price;
import dev.cermin.model.Question;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Models with rules: limits, time-outs, retries, circuit breakers, replicas, fallbacks, hedged calls, and routes that stand
 * for the best of several. What was chosen and why is in the trace of each step. Takes {@code
 * io.smallrye:smallrye-fault-tolerance-core} and {@code com.bucket4j:bucket4j_jdk17-core} on the class path. Thread-safe.
 *
 * {@snippet :
 * try (Dispatch models = Dispatch.builder()
 *         .model("small", Rules.builder().fallback(List.of("large")).build(), one, another)
 *         .model("large", Rules.DEFAULT, large)
 *         .build()) {
 *     Agent.builder("haiku").model(models.named("small").chat()).build().run("autumn");
 * }
 * }
 */
public final class Dispatch implements Models, AutoCloseable {
    private static final ChatRequest TINY = ChatRequest.builder()
            .messages(UserMessage.from("Say ok"))
            .maxOutputTokens(16)
            .build();

    private final Alarms alarms;
    private final Map<String, Pool> pools;
    private final Map<String, Routing> routes;
    private final Map<String, Model> models = new TreeMap<>();
    private final AutoCloseable engines;

    private Dispatch(Builder from) {
        alarms = from.alarms;
        pools = from.pools;
        engines = from.engines;
        routes = new TreeMap<>();
        from.routes.forEach((name, route) -> routes.put(name, new Routing(name, route, pools)));
        pools.forEach((name, pool) -> models.put(name, model(name, pool)));
        routes.forEach((name, routing) -> models.put(
                name,
                new Model(
                        name,
                        "route",
                        new DispatchedModel(name, question -> chain(name, question), routing.usual()),
                        Price.FREE)));
    }

    private Model model(String name, Pool pool) {
        List<Pool> alone = List.of(pool);
        boolean fixed = pool.rules().fallback().isEmpty();
        return new Model(
                name,
                pool.provider(),
                new DispatchedModel(name, question -> fixed ? alone : chain(name, question), pool),
                pool.rules().price());
    }

    /** The pools of a name and of its fallbacks, each once. */
    private List<Pool> chain(String name, Question question) {
        Set<Pool> chain = new LinkedHashSet<>();
        follow(name, question, chain, new HashSet<>());
        return List.copyOf(chain);
    }

    /** A route's own models go before what they fall back to. */
    private void follow(String name, Question question, Set<Pool> chain, Set<String> followed) {
        if (!followed.add(name)) {
            return;
        }
        Pool pool = pools.get(name);
        List<Pool> own = pool == null ? routes.get(name).order(question) : List.of(pool);
        chain.addAll(own);
        for (Pool each : own) {
            followed.add(each.name());
            each.rules().fallback().forEach(next -> follow(next, question, chain, followed));
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Model named(String name) {
        Model model = models.get(name);
        if (model == null) {
            throw new IllegalArgumentException(
                    "There is no model '%s'; configured are %s. Set cermin.models.%s.provider and what it needs"
                            .formatted(name, models.keySet(), name));
        }
        return model;
    }

    /** Those of models and routes, sorted. */
    public Set<String> names() {
        return Collections.unmodifiableSet(models.keySet());
    }

    /** How each replica of each model does, by name; routes have none of their own. */
    public List<Health> health() {
        return pools.values().stream()
                .flatMap(pool -> pool.replicas().all().stream())
                .map(Replica::health)
                .toList();
    }

    /**
     * Asks each replica of a model one tiny question, whatever its limits and its breaker say. Blocks for the time-out at
     * most, for each replica; an engine that isn't ready by then goes on starting.
     *
     * @return one a replica; none for a route
     */
    public List<Check> check(String name, Duration timeout) {
        Pool pool = pools.get(named(name).name());
        List<Check> checks = new ArrayList<>();
        if (pool != null) {
            pool.replicas().all().forEach(replica -> checks.add(check(replica, timeout)));
        }
        return checks;
    }

    private Check check(Replica replica, Duration timeout) {
        long begun = System.nanoTime();
        try {
            ChatModel chat = replica.engine().within(timeout.toNanos()).chat();
            alarms.within(
                    Math.max(1, timeout.toNanos() - (System.nanoTime() - begun)),
                    () -> chat.chat(TINY),
                    () -> new TimeoutException("No answer within " + Words.time(timeout)));
            return new Check(replica.place(), since(begun), null, "");
        } catch (RuntimeException e) {
            String message = Words.message(replica.secrets().hidden(e));
            return new Check(replica.place(), since(begun), Failure.of(e).kind(), message);
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Ends its timer and what is starting, and closes the engines that it was given. Calls under way are not waited for. */
    @Override
    public void close() {
        alarms.close();
        pools.values()
                .forEach(pool -> pool.replicas()
                        .all()
                        .forEach(replica -> replica.engine().close()));
        try {
            engines.close();
        } catch (Exception e) {
            throw new IllegalStateException("The models did not close cleanly", e);
        }
    }

    /** Not thread-safe; builds once. */
    public static final class Builder {
        private final Alarms alarms = new Alarms();
        private final Map<String, Pool> pools = new TreeMap<>();
        private final Map<String, Route> routes = new TreeMap<>();
        private AutoCloseable engines = () -> {};

        private Builder() {}

        /** A model; where there are several replicas, each call goes to the one with the least to do. */
        public Builder model(String name, Rules rules, ChatModel... replicas) {
            String provider =
                    replicas.length == 0 ? "" : replicas[0].provider().name().toLowerCase(Locale.ROOT);
            Map<String, Supplier<Model>> all = new LinkedHashMap<>();
            for (ChatModel replica : replicas) {
                all.put(
                        replicas.length == 1 ? "" : String.valueOf(all.size() + 1),
                        () -> new Model(name, provider, replica, rules.price()));
            }
            return model(name, provider, rules, Set.of(), all);
        }

        /**
         * A model whose replicas are made when they are first called.
         *
         * @param provider who answers
         * @param secrets that its failures may repeat, and nobody is to see
         * @param replicas by their place, such as an endpoint's host; empty for the only one
         */
        public Builder model(
                String name,
                String provider,
                Rules rules,
                Collection<String> secrets,
                Map<String, Supplier<Model>> replicas) {
            require(!replicas.isEmpty(), "Model '%s' has no replica".formatted(name));
            require(!pools.containsKey(name) && !routes.containsKey(name), "There are two models '%s'".formatted(name));
            Secrets hidden = Secrets.of(secrets);
            List<Replica> all = new ArrayList<>();
            replicas.forEach((place, maker) -> all.add(new Replica(name, place, rules, hidden, maker, alarms)));
            pools.put(name, new Pool(name, provider, rules, all));
            return this;
        }

        public Builder route(String name, Route route) {
            require(!pools.containsKey(name) && !routes.containsKey(name), "There are two models '%s'".formatted(name));
            routes.put(name, route);
            return this;
        }

        /** Closed with what is built; default nothing. */
        public Builder closing(AutoCloseable made) {
            engines = made;
            return this;
        }

        /** @throws IllegalArgumentException where a fallback or a route names a model that isn't there */
        public Dispatch build() {
            pools.forEach((name, pool) -> pool.rules().fallback().forEach(next -> {
                require(
                        pools.containsKey(next) || routes.containsKey(next),
                        unknown("Model '%s' falls back to".formatted(name), next));
                require(!next.equals(name), "Model '%s' falls back to itself".formatted(name));
            }));
            routes.forEach((name, route) -> route.models()
                    .forEach(next -> require(
                            pools.containsKey(next),
                            unknown("Route '%s' chooses among models and names".formatted(name), next))));
            return new Dispatch(this);
        }

        private String unknown(String who, String next) {
            return "%s '%s', which is no model here; there are %s".formatted(who, next, pools.keySet());
        }

        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
