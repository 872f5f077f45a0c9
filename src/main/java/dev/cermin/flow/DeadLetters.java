package dev.cermin.flow;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The records that were set aside as they could not be read or done: to be looked at, and sent again where the fault is
 * mended. A letter stays in its topic when it is sent again; a mark behind it says so. Not thread-safe; every method
 * throws a {@link org.apache.kafka.common.KafkaException} where Kafka is away.
 */
public final class DeadLetters {
    private static final int PATIENCE_MS = 10_000;
    private static final Pattern ID = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

    static final String REASON = "dead-letter-reason";
    static final String TOPIC = "dead-letter-topic";
    static final String PARTITION = "dead-letter-partition";
    static final String OFFSET = "dead-letter-offset";
    /** When the record was sent to where it came from. */
    static final String TIMESTAMP = "dead-letter-timestamp";

    static final String ATTEMPTS = "dead-letter-attempts";
    static final String FIRST_FAILURE = "dead-letter-first-failure";
    static final String EXCEPTION = "dead-letter-exception-class-name";
    private static final List<String> OWN =
            List.of(REASON, TOPIC, PARTITION, OFFSET, TIMESTAMP, ATTEMPTS, FIRST_FAILURE, EXCEPTION);
    /** Of a mark, which is no letter: the id of the one that was sent again. */
    private static final String REPLAYED = "dead-letter-replayed";

    private final Map<String, Object> kafka;

    /** @param kafka settings of every client: {@code bootstrap.servers}, security */
    public DeadLetters(Map<String, ?> kafka) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put("default.api.timeout.ms", PATIENCE_MS);
        this.kafka.put("request.timeout.ms", PATIENCE_MS / 2);
    }

    /**
     * One of them.
     *
     * @param id its partition and offset, such as {@code 0-17}
     * @param at when it was set aside
     * @param task the task's id, as its key says; null where it has none
     * @param type what it was meant to be, such as {@code dev.cermin.task.v1}; empty where it doesn't say
     * @param reason why it is here
     * @param topic where it came from
     * @param partition of that topic
     * @param offset in that partition
     * @param sent when it was sent there; null where the letter doesn't say
     * @param attempts how often it was begun; 0 where the letter doesn't say
     * @param firstFailure when the first attempt of several failed; null where one decided
     * @param exception the class of what ended the last attempt; null where nothing was thrown
     * @param replayed when it was last sent again; null for never
     * @param value as it came, as text; null where it had none, was too large to be sent here, or is one of a list
     */
    public record Letter(
            String id,
            Instant at,
            @Nullable String task,
            String type,
            String reason,
            String topic,
            int partition,
            long offset,
            @Nullable Instant sent,
            int attempts,
            @Nullable Instant firstFailure,
            @Nullable String exception,
            @Nullable Instant replayed,
            @Nullable String value) {}

    /** The latest, the oldest of them first, without their values: many large ones would not fit into memory. */
    public List<Letter> latest(int most) {
        List<Letter> all = new ArrayList<>();
        try (TopicReader reader = reader()) {
            for (TopicPartition place : reader.partitions(Topics.DEAD_LETTERS)) {
                all.addAll(latest(reader, place, most));
            }
        }
        all.sort(Comparator.comparing(Letter::at));
        return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
    }

    /** Marks, and the ends of transactions, have offsets too: so it begins further back until there are enough. */
    private static List<Letter> latest(TopicReader reader, TopicPartition place, int most) {
        long begin = reader.begin(place);
        long end = reader.end(place);
        for (long span = 4L * most; ; span *= 4) {
            Deque<Letter> letters = new ArrayDeque<>();
            Map<String, Instant> marks = new TreeMap<>();
            reader.since(place, end - span, record -> {
                if (!marked(record, marks)) {
                    letters.add(letter(record, null, false));
                }
                if (letters.size() > most) {
                    letters.remove();
                }
            });
            if (letters.size() >= most || end - span <= begin) {
                return letters.stream()
                        .map(letter -> replayed(letter, marks.get(letter.id())))
                        .toList();
            }
        }
    }

    /** @param id as letters have it */
    public Optional<Letter> find(String id) {
        try (TopicReader reader = reader()) {
            return record(reader, id).map(record -> letter(record, replayed(reader, record), true));
        }
    }

    /**
     * Sends a record again to where it came from, with the headers it had there. Both this and the mark of it are done or
     * neither is, and of two calls at once for the same letter one is refused.
     *
     * @param id as letters have it
     * @param again also where it was sent again before: a task that has begun since is passed over, a step is done twice
     * @return the letter
     * @throws IllegalArgumentException where there is no such letter, or its value is nowhere any more
     * @throws IllegalStateException where it was sent again before, and {@code again} is false
     */
    public Letter replay(String id, boolean again) throws InterruptedException {
        try (TopicReader reader = reader()) {
            ConsumerRecord<String, byte[]> found = record(reader, id)
                    .orElseThrow(() -> new IllegalArgumentException("There is no dead letter '%s'".formatted(id)));
            ProducerRecord<String, byte[]> message = message(reader, found);
            try (Producer<String, byte[]> producer = producer(id)) {
                // ends what another replay of this letter has under way, so its mark is there to be read or never will
                // be
                producer.initTransactions();
                Instant before = replayed(reader, found);
                if (before != null && !again) {
                    throw new IllegalStateException(
                            "Dead letter '%s' was sent again already, at %s".formatted(id, before));
                }
                producer.beginTransaction();
                for (Future<?> sent : List.of(producer.send(message), producer.send(mark(found)))) {
                    sent.get();
                }
                producer.commitTransaction();
                return letter(found, before, true);
            }
        } catch (ExecutionException e) {
            throw new IllegalArgumentException(
                    "Kafka did not take dead letter '%s': %s"
                            .formatted(id, e.getCause().getMessage()),
                    e);
        }
    }

    /** What is sent again: the letter without its own headers, or the original where the letter isn't whole. */
    private static ProducerRecord<String, byte[]> message(TopicReader reader, ConsumerRecord<String, byte[]> found) {
        Letter letter = letter(found, null, false);
        ConsumerRecord<String, byte[]> original = found.headers().lastHeader(Messages.LEFT_OUT_HEADER) == null
                ? found
                : reader.at(new TopicPartition(letter.topic(), letter.partition()), letter.offset())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Dead letter '%s' was too large to be kept whole, and %s no longer has it at %d-%d"
                                        .formatted(letter.id(), letter.topic(), letter.partition(), letter.offset())));
        var message = new ProducerRecord<>(letter.topic(), null, original.key(), original.value(), original.headers());
        OWN.forEach(message.headers()::remove);
        Attempts.strip(message.headers());
        return message;
    }

    /** In the letter's partition, so behind it, and kept as long. */
    private static ProducerRecord<String, byte[]> mark(ConsumerRecord<String, byte[]> letter) {
        var mark = new ProducerRecord<>(Topics.DEAD_LETTERS, letter.partition(), id(letter), new byte[0]);
        mark.headers().add(REPLAYED, id(letter).getBytes(StandardCharsets.UTF_8));
        return mark;
    }

    /** Whether a record is a mark; it is noted then. */
    private static boolean marked(ConsumerRecord<String, byte[]> record, Map<String, Instant> marks) {
        String replayed = header(record, REPLAYED);
        if (replayed.isEmpty()) {
            return false;
        }
        marks.put(replayed, Instant.ofEpochMilli(record.timestamp()));
        return true;
    }

    /** The id of the letter that a mark is of; empty for a letter. */
    static Optional<String> replayed(ConsumerRecord<?, ?> record) {
        return Optional.of(header(record, REPLAYED)).filter(id -> !id.isEmpty());
    }

    private static @Nullable Instant replayed(TopicReader reader, ConsumerRecord<String, byte[]> letter) {
        Map<String, Instant> marks = new TreeMap<>();
        TopicPartition place = new TopicPartition(letter.topic(), letter.partition());
        reader.since(place, letter.offset() + 1, record -> marked(record, marks));
        return marks.get(id(letter));
    }

    private static Optional<ConsumerRecord<String, byte[]>> record(TopicReader reader, String id) {
        Matcher place = ID.matcher(id);
        if (!place.matches()) {
            return Optional.empty();
        }
        TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS, Integer.parseInt(place.group(1)));
        return reader.at(partition, Long.parseLong(place.group(2))).filter(record -> !marked(record, new TreeMap<>()));
    }

    private static Letter letter(ConsumerRecord<String, byte[]> record, @Nullable Instant replayed, boolean whole) {
        byte[] value = record.value();
        return new Letter(
                id(record),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                header(record, "ce_type"),
                header(record, REASON),
                header(record, TOPIC),
                number(header(record, PARTITION)).intValue(),
                number(header(record, OFFSET)),
                time(header(record, TIMESTAMP)),
                header(record, ATTEMPTS).isEmpty()
                        ? 0
                        : number(header(record, ATTEMPTS)).intValue(),
                time(header(record, FIRST_FAILURE)),
                header(record, EXCEPTION).isEmpty() ? null : header(record, EXCEPTION),
                replayed,
                value == null || !whole ? null : new String(value, StandardCharsets.UTF_8));
    }

    private static Letter replayed(Letter letter, @Nullable Instant replayed) {
        return new Letter(
                letter.id(),
                letter.at(),
                letter.task(),
                letter.type(),
                letter.reason(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.sent(),
                letter.attempts(),
                letter.firstFailure(),
                letter.exception(),
                replayed,
                letter.value());
    }

    static String id(ConsumerRecord<?, ?> record) {
        return record.partition() + "-" + record.offset();
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static Long number(String text) {
        return text.isEmpty() ? Long.valueOf(-1) : Long.valueOf(text);
    }

    private static @Nullable Instant time(String text) {
        return text.isEmpty() ? null : Instant.parse(text);
    }

    private TopicReader reader() {
        return new TopicReader(kafka, Duration.ofMillis(PATIENCE_MS));
    }

    private Producer<String, byte[]> producer(String id) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "cermin-replay-" + id);
        // one that is killed holds up the topic's readers no longer than this
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 2 * PATIENCE_MS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}
