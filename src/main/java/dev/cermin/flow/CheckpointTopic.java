package dev.cermin.flow;

import dev.cermin.audit.Checkpoint;
import dev.cermin.audit.SignedNote;
import dev.cermin.integrity.Witness;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** Tells {@link Topics#CHECKPOINTS} of signed checkpoints: the note as it is, always under the same key. */
@ApplicationScoped
public class CheckpointTopic implements Witness {
    private static final String KEY = "checkpoint";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MutinyEmitter<ProducerRecord<String, byte[]>> emitter;

    CheckpointTopic(@Channel("checkpoints") MutinyEmitter<ProducerRecord<String, byte[]>> emitter) {
        this.emitter = emitter;
    }

    @Override
    public void tell(SignedNote checkpoint) {
        Checkpoint of = Checkpoint.of(checkpoint.text());
        RecordHeaders headers = new RecordHeaders();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_type", "dev.cermin.checkpoint.v1");
        put(headers, "ce_source", "/cermin");
        put(headers, "ce_id", of.origin() + "/checkpoint/" + of.size());
        put(headers, "content-type", "text/plain; charset=utf-8");
        byte[] note = checkpoint.toString().getBytes(StandardCharsets.UTF_8);
        emitter.send(new ProducerRecord<>(Topics.CHECKPOINTS, null, KEY, note, headers))
                .await()
                .atMost(PATIENCE);
    }

    private static void put(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
