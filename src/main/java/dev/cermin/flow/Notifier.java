package dev.cermin.flow;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.CerminConfig.ServiceRole;
import dev.cermin.config.FlowConfig;
import dev.cermin.flow.webhook.AllowedHosts;
import dev.cermin.flow.webhook.Caller;
import dev.cermin.flow.webhook.Signer;
import dev.cermin.observe.Metric;
import dev.cermin.observe.Metrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Serves the lane of webhooks where this process is to, and says which addresses a task may name. */
@ApplicationScoped
public class Notifier {
    private static final Logger LOG = Logger.getLogger(Notifier.class);
    private static final String NAME = "webhooks";

    private final CerminConfig config;
    private final LaneClients clients;
    private final Metrics metrics;
    private final FlowObserver observer;
    private volatile @Nullable AllowedHosts hosts;
    private @Nullable Lane lane;
    private @Nullable Thread thread;
    private @Nullable Caller caller;

    Notifier(CerminConfig config, LaneClients clients, Metrics metrics, FlowObserver observer) {
        this.observer = observer;
        this.config = config;
        this.clients = clients;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        FlowConfig.Webhooks settings = config.webhooks();
        List<String> secrets = settings.secrets().orElse(List.of());
        if (secrets.isEmpty()) {
            return;
        }
        Signer signer = Signer.of(secrets);
        AllowedHosts allowed = AllowedHosts.of(settings.allowedHosts().orElse(Set.of()));
        hosts = allowed;
        if (config.plays(ServiceRole.NOTIFIER)) {
            serve(settings, signer, allowed);
        }
    }

    private void serve(FlowConfig.Webhooks settings, Signer signer, AllowedHosts allowed) {
        Clock clock = Clock.systemUTC();
        Retry retry = new Retry(settings.delay(), settings.maxDelay(), settings.jitter(), settings.maxDuration());
        int each = Math.max(1, settings.concurrency() / 4);
        Outages outages = new Outages("Lane " + NAME, "receiver", each, retry, clock);
        caller = new Caller(signer, settings.timeout(), clock);
        Webhooks webhooks = new Webhooks(
                allowed, caller, outages, retry, clock, outcome -> metrics.count(Metric.WEBHOOKS, outcome));
        var serving = new Lane.Settings(
                NAME, Topics.WEBHOOKS, settings.concurrency(), config.worker().drain());
        Places places = new Places(Duration.ZERO);
        lane = new Lane(serving, places, observer.around(NAME, places, webhooks), clients);
        outages.onReturn(lane.hurry()::all);
        thread = Thread.ofPlatform().name("cermin-" + NAME).daemon().start(lane);
        LOG.infof("Lane %s serves %s, %d calls at once", NAME, Topics.WEBHOOKS, settings.concurrency());
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (lane == null || thread == null || caller == null) {
            return;
        }
        lane.stop();
        Duration most = config.worker().drain().plusSeconds(10);
        if (!thread.join(most)) {
            LOG.warnf("%s did not stop in time", thread.getName());
        }
        caller.close();
    }

    /**
     * The address that a task wants to be called at.
     *
     * @throws IllegalArgumentException where it may not be called, or nothing is; the message says what to do
     */
    public URI require(String callback) {
        URI address = AllowedHosts.parse(callback);
        AllowedHosts allowed = hosts;
        if (allowed == null) {
            throw new IllegalArgumentException(
                    "No webhooks are sent here: leave the address out, or set cermin.webhooks.secrets");
        }
        return allowed.require(address.toString());
    }
}
