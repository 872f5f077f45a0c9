package dev.cermin.flow;

import dev.cermin.agent.Agents;
import dev.cermin.config.CerminConfig;
import dev.cermin.config.CerminConfig.ServiceRole;
import dev.cermin.config.FlowConfig;
import dev.cermin.flow.claim.Claims;
import dev.cermin.model.Models;
import dev.cermin.observe.Metrics;
import dev.cermin.run.StepRunner;
import dev.cermin.trace.Tracer;
import dev.cermin.verify.Verifiers;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts the lanes that this process serves, and drains them when it stops. */
@ApplicationScoped
public class Workers {
    private static final Logger LOG = Logger.getLogger(Workers.class);
    private static final String INTAKE = Lanes.INTAKE;

    private final CerminConfig config;
    private final Agents agents;
    private final Models models;
    private final Verifiers verifiers;
    private final LaneClients clients;
    private final Claims claims;
    private final Metrics metrics;
    private final Places places;
    private final FlowObserver observer;
    private volatile @Nullable Retries retries;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Cancellations cancellations = new Cancellations();
    private final Follower control;
    private final Tenants tenants;
    private final Ends ends;
    private final List<Delayed> delayed = new ArrayList<>();
    private final Redactions redactions;

    Workers(
            CerminConfig config,
            Agents agents,
            Models models,
            Verifiers verifiers,
            LaneClients clients,
            FlowObserver observer,
            Claims claims,
            Metrics metrics,
            Ends ends,
            Redactions redactions) {
        this.redactions = redactions;
        this.claims = claims;
        this.metrics = metrics;
        this.ends = ends;
        this.tenants = Tenants.of(config);
        this.config = config;
        this.agents = agents;
        this.models = models;
        this.verifiers = verifiers;
        this.clients = clients;
        this.observer = observer;
        this.places = new Places(config.worker().carryOn());
        // cancellations told while this worker was down still count
        this.control = new Follower(Topics.CONTROL, Duration.ofHours(1), clients, cancellations);
    }

    void start(@Observes StartupEvent event) {
        if (!config.plays(ServiceRole.WORKER)) {
            return;
        }
        Lanes served = Lanes.of(config);
        requireKnownLanes(served);
        Clock clock = Clock.systemUTC();
        Tracer tracer = new Tracer(clients.workerId());
        StepRunner runner = new StepRunner(models, verifiers, clock);
        Retries own = new Retries(config.lanes(), clock, metrics);
        served.names().forEach(own::of);
        retries = own;
        Loops loops =
                new Loops(runner, served, tracer, redactions::of, clock, cancellations::by, observer, own, claims);
        Worker worker = new Worker(loops);
        admit(clock, new Intake(agents, loops), worker);
        for (String lane : served.names()) {
            open(lane, Topics.ofLane(lane), wake -> new OpenGate(), worker).ifPresent(opened -> {
                own.of(lane).models().onReturn(opened.hurry()::all);
                own.of(lane).stores().onReturn(opened.hurry()::all);
            });
        }
        cancellations.onCancel(task -> lanes.forEach(lane -> lane.hurry().one(task.toString())));
        run("cermin-control", control);
    }

    /**
     * Tasks are admitted where their lane is served; there, too, those are kept that aren't due, and loops that wait for a
     * person.
     */
    private void admit(Clock clock, Intake intake, Worker worker) {
        Admission.Settings settings = Admission.Settings.of(
                config.admission(), tenant -> tenants.of(tenant).weight());
        Admission admission = new Admission(settings, clients, clock, cancellations::by, observer.admission());
        if (open(INTAKE, Topics.TASKS, admission, intake).isEmpty()) {
            return;
        }
        hold("cermin-delayed", new Delayed(clients, clock, new DelayedTasks(cancellations::by)));
        hold("cermin-reviews", new Delayed(clients, clock, new Deciding(worker, cancellations::by)));
        ends.listen(admission::ended);
        cancellations.onCancel(admission::cancelled);
    }

    private void hold(String name, Delayed held) {
        delayed.add(held);
        cancellations.onCancel(held::cancelled);
        run(name, held);
    }

    private void requireKnownLanes(Lanes served) {
        List<String> known = new ArrayList<>(served.names());
        known.add(INTAKE);
        config.lanes().forEach((name, lane) -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "cermin.lanes.%s is set, but there is no such lane; known are %s. A model has one of its own by cermin.models.NAME.lane"
                                .formatted(name, known));
            }
            if (lane.concurrency() < 1) {
                throw new IllegalArgumentException(
                        "cermin.lanes.%s.concurrency is 1 or more, not %d".formatted(name, lane.concurrency()));
            }
        });
    }

    private Optional<Lane> open(String name, String topic, Gate.Maker gates, LaneHandler handler) {
        FlowConfig.Lane settings = config.lanes().get(name);
        if (settings != null && !settings.enabled()) {
            return Optional.empty();
        }
        int concurrency = settings == null ? 16 : settings.concurrency();
        Duration drain = config.worker().drain();
        Lane lane = new Lane(
                new Lane.Settings(name, topic, concurrency, drain),
                places,
                gates,
                observer.around(name, places, handler),
                clients);
        lanes.add(lane);
        run("cermin-" + name, lane);
        LOG.infof("Lane %s serves %s, %d steps at once", name, topic, concurrency);
        return Optional.of(lane);
    }

    /** Whether every lane that this process serves has its thread; one that has died can only be had again by a restart. */
    public boolean lanesRun() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    private void run(String name, Runnable work) {
        threads.add(Thread.ofPlatform().name(name).daemon().start(work));
    }

    /** By lane, what its steps wait for, with the reason; nothing for those that don't. */
    Map<String, Map<String, String>> away() {
        Retries known = retries;
        return known == null ? Map.of() : known.away();
    }

    void stop(@Observes ShutdownEvent event) {
        control.stop();
        lanes.forEach(Lane::stop);
        delayed.forEach(Delayed::stop);
        long end = System.nanoTime() + config.worker().drain().plusSeconds(10).toNanos();
        for (Thread thread : threads) {
            try {
                if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    LOG.warnf("%s did not stop in time", thread.getName());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
