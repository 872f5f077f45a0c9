package dev.cermin.wiring;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.ModelConfig;
import dev.cermin.dispatch.BreakerRules;
import dev.cermin.dispatch.Dispatch;
import dev.cermin.dispatch.Route;
import dev.cermin.dispatch.Rules;
import dev.cermin.model.ConfiguredModels;
import dev.cermin.model.Limits;
import dev.cermin.model.Model;
import dev.cermin.model.ModelSettings;
import dev.cermin.model.Price;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** From {@code cermin.models.*} to models. What is wrong there is told with its key. */
final class ModelParts {
    private static final String ROUTE = "route";
    /** In process, where calls may queue for the processor. */
    private static final Rules BUNDLED =
            Rules.builder().retries(0).timeout(Duration.ofMinutes(10)).build();

    private ModelParts() {}

    static Dispatch of(CerminConfig config) {
        return of(config, engines(config));
    }

    /** The models that are configured, apart from how calls of them are dispatched. */
    static ConfiguredModels engines(CerminConfig config) {
        Map<String, ModelSettings> settings = new TreeMap<>();
        config.models().forEach((name, model) -> {
            if (!model.provider().equals(ROUTE)) {
                settings.put(name, settings(name, model));
            }
        });
        return new ConfiguredModels(settings, config.cache());
    }

    static Dispatch of(CerminConfig config, ConfiguredModels engines) {
        Dispatch.Builder dispatch = Dispatch.builder().closing(engines);
        for (String name : engines.names()) {
            ModelConfig model = config.models().get(name);
            if (model == null) {
                dispatch.model(name, engines.settings(name).provider(), BUNDLED, Set.of(), only(engines, name));
            } else {
                add(dispatch, engines, name, model);
            }
        }
        config.models().forEach((name, model) -> {
            if (model.provider().equals(ROUTE)) {
                dispatch.route(name, keyed(name, () -> route(model.route())));
            }
        });
        return dispatch.build();
    }

    private static void add(Dispatch.Builder dispatch, ConfiguredModels engines, String name, ModelConfig model) {
        Map<String, Supplier<Model>> replicas = new LinkedHashMap<>();
        Set<String> secrets = new TreeSet<>(engines.settings(name).secrets());
        for (URI endpoint : model.baseUrls().orElse(List.of())) {
            secrets.addAll(engines.settings(name).at(endpoint).secrets());
            replicas.put(place(endpoint, replicas.keySet()), () -> engines.replica(name, endpoint));
        }
        dispatch.model(
                name,
                model.provider(),
                keyed(name, () -> rules(model, engines.concurrency(name), engines.streams(name))),
                secrets,
                replicas.isEmpty() ? only(engines, name) : replicas);
    }

    /** As it is shown, and a number where several look alike: what differs may be a secret. */
    private static String place(URI endpoint, Set<String> taken) {
        String shown = ModelSettings.shown(endpoint);
        String place = shown;
        for (int i = 2; taken.contains(place); i++) {
            place = shown + " (" + i + ")";
        }
        return place;
    }

    private static Map<String, Supplier<Model>> only(ConfiguredModels engines, String name) {
        return Map.of("", () -> engines.named(name));
    }

    /** @param concurrency where the configuration leaves it to the provider, such as the slots of a llama-server */
    private static Rules rules(ModelConfig model, int concurrency, boolean streamed) {
        ModelConfig.Breaker breaker = model.breaker();
        return Rules.builder()
                .limits(new Limits(
                        concurrency,
                        model.limits().requestsPerMinute(),
                        model.limits().tokensPerMinute()))
                .retries(model.maxRetries())
                .timeout(model.timeout())
                .streamed(streamed)
                .maxWait(model.maxWait())
                .hedgeAfter(model.hedgeAfter().orElse(null))
                .fallback(model.fallback().orElse(List.of()))
                .tags(model.tags().orElse(Set.of()))
                .price(new Price(model.priceIn(), model.priceOut()))
                .breaker(new BreakerRules(breaker.requestVolumeThreshold(), breaker.failureRatio(), breaker.delay()))
                .build();
    }

    private static Limits limits(ModelConfig model) {
        return new Limits(
                model.limits().concurrency(),
                model.limits().requestsPerMinute(),
                model.limits().tokensPerMinute());
    }

    private static Route route(ModelConfig.Route route) {
        return new Route(
                route.models().orElse(List.of()),
                route.tags().orElse(Set.of()),
                route.roleTags(),
                Route.Prefer.valueOf(route.prefer().name()),
                route.maxQueue());
    }

    private static ModelSettings settings(String name, ModelConfig model) {
        if (model.baseUrl().isPresent() && model.baseUrls().isPresent()) {
            throw new IllegalArgumentException(
                    "cermin.models.%s has base-url and base-urls; one of the two is expected".formatted(name));
        }
        URI endpoint =
                model.baseUrl().or(() -> model.baseUrls().map(List::getFirst)).orElse(null);
        return keyed(
                name,
                () -> ModelSettings.builder(model.provider())
                        .path(model.path().orElse(null))
                        .baseUrl(endpoint)
                        .apiKey(model.apiKey().orElse(null))
                        .model(model.model().orElse(null))
                        .timeout(model.timeout())
                        // the dispatch tries again, by the class of the failure; a client that did so too would
                        // multiply it
                        .maxRetries(0)
                        .price(new Price(model.priceIn(), model.priceOut()))
                        .limits(limits(model))
                        .lane(model.lane().orElse(null))
                        .tags(model.tags().orElse(Set.of()))
                        .parameters(model.parameters())
                        .build());
    }

    private static <T> T keyed(String name, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cermin.models.%s: %s".formatted(name, e.getMessage()), e);
        }
    }
}
