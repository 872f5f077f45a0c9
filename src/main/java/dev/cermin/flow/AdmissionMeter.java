package dev.cermin.flow;

import dev.cermin.observe.Metric;
import dev.cermin.observe.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what the admission tells of. */
final class AdmissionMeter implements Admission.Listener {
    private static final int TENANTS = 100;
    private static final String OTHERS = "(others)";

    private final Metrics metrics;
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

    AdmissionMeter(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void duplicate() {
        metrics.count(Metric.TASKS_DUPLICATES);
    }

    @Override
    public void waiting(Map<String, Integer> byTenant) {
        waiting.replaceAll((tenant, before) -> byTenant.getOrDefault(tenant, 0));
        int others = 0;
        for (Map.Entry<String, Integer> entry : byTenant.entrySet()) {
            if (waiting.containsKey(entry.getKey()) || waiting.size() < TENANTS) {
                put(entry.getKey(), entry.getValue());
            } else {
                others += entry.getValue();
            }
        }
        if (others > 0 || waiting.containsKey(OTHERS)) {
            put(OTHERS, others);
        }
    }

    private void put(String tenant, int count) {
        if (waiting.put(tenant, count) == null) {
            metrics.gauge(Metric.ADMISSION_WAITING, () -> waiting.getOrDefault(tenant, 0), tenant);
        }
    }
}
