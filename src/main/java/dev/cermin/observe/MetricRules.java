package dev.cermin.observe;

import dev.cermin.config.CerminConfig;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Off means that nothing is measured at all, not even what Quarkus itself would: {@code /q/metrics} is empty. */
final class MetricRules {
    @Produces
    @Singleton
    MeterFilter metricsAreOnOrOff(CerminConfig config) {
        boolean enabled = config.metrics().enabled();
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return enabled ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
            }
        };
    }
}
