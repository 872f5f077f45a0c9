package dev.cermin.embedded;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the parent asks of the child, as lines over the child's standard input; a dot ends it. Port -1: not wanted; an
 * advertised one of 0: Kafka's own.
 */
record StoresRequest(LivePid owner, int postgresPort, int kafkaPort, int kafkaAdvertised, List<Topic> topics) {
    static final int NOT_WANTED = -1;

    boolean postgres() {
        return postgresPort != NOT_WANTED;
    }

    boolean kafka() {
        return kafkaPort != NOT_WANTED;
    }

    String format() {
        StringBuilder text = new StringBuilder("owner\t" + owner.format() + "\n");
        text.append("postgres\t").append(postgresPort).append('\n');
        text.append("kafka\t").append(kafkaPort).append('\n');
        text.append("advertised\t").append(kafkaAdvertised).append('\n');
        for (Topic topic : topics) {
            text.append("topic\t").append(topic.name()).append('\t').append(topic.partitions());
            topic.config()
                    .forEach((key, value) ->
                            text.append('\t').append(key).append('=').append(value));
            text.append('\n');
        }
        return text.append(".\n").toString();
    }

    static StoresRequest read(BufferedReader in) throws IOException {
        LivePid owner = null;
        int postgres = NOT_WANTED;
        int kafka = NOT_WANTED;
        int advertised = 0;
        List<Topic> topics = new ArrayList<>();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new EOFException("The parent ended before it said what to start");
            }
            String[] parts = line.split("\t", -1);
            switch (parts[0]) {
                case "owner" -> owner = LivePid.parse(parts[1]).orElseThrow();
                case "postgres" -> postgres = Integer.parseInt(parts[1]);
                case "kafka" -> kafka = Integer.parseInt(parts[1]);
                case "advertised" -> advertised = Integer.parseInt(parts[1]);
                case "topic" -> topics.add(topic(parts));
                default -> throw new IOException("Unknown request line: " + line);
            }
        }
        return new StoresRequest(owner, postgres, kafka, advertised, topics);
    }

    private static Topic topic(String[] parts) {
        Map<String, String> config = new LinkedHashMap<>();
        for (int i = 3; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            config.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
        return new Topic(parts[1], Integer.parseInt(parts[2]), config);
    }
}
