package dev.cermin.tune.select;

import dev.cermin.tune.Sample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a teacher's reflection on a sample came to.
 *
 * @param id the sample's
 * @param trace the id of the task; null where it couldn't be asked
 * @param instruction the better one; null keeps the one that is there
 * @param output its answer, or the better answer; null keeps the one that is there
 * @param fault why there is neither; null where there is one
 */
record Asked(
        String id,
        @Nullable String trace,
        @Nullable String instruction,
        @Nullable String output,
        @Nullable String fault)
        implements Journal.Line {

    /** @param times that it was asked */
    static Asked of(String id, String trace, Reply reply, int times) {
        String fault = reply.fault() == null
                ? null
                : "the teacher's reply %s%s".formatted(reply.fault(), times > 1 ? ", also when asked again" : "");
        return new Asked(id, trace, reply.instruction(), reply.output(), fault);
    }

    static Asked failed(String id, @Nullable String trace, String fault) {
        return new Asked(id, trace, null, null, fault);
    }

    /** The teacher's version: a new instruction stands for itself, without the old one's input. */
    Sample applied(Sample sample) {
        List<String> traces = new ArrayList<>(sample.source().traces());
        if (trace != null) {
            traces.add(trace);
        }
        return new Sample(
                sample.id(),
                instruction == null ? sample.instruction() : instruction,
                instruction == null ? sample.input() : "",
                output == null ? sample.output() : output,
                new Sample.Source(sample.source().name(), sample.source().line(), traces));
    }
}
