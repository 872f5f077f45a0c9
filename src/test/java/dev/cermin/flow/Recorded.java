package dev.cermin.flow;

import dev.cermin.fixture.KafkaProbe;
import dev.cermin.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A message as it once was on a topic. A file holds some, a line each, in the order in which they were sent. */
record Recorded(String topic, String key, Map<String, String> headers, String value) {
    static final Path FOLDER = Path.of("src/test/resources/messages/v1");

    static Recorded of(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return new Recorded(record.topic(), record.key(), headers, new String(record.value(), StandardCharsets.UTF_8));
    }

    static List<Recorded> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> Json.read(line, Recorded.class))
                .toList();
    }

    ProducerRecord<String, byte[]> again() {
        var record = new ProducerRecord<>(topic, key, value.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    void send(KafkaProbe kafka) throws Exception {
        kafka.send(again());
    }
}
