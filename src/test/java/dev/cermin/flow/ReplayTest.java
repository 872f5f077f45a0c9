package dev.cermin.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.SharedKafka;
import dev.cermin.flow.DeadLetters.Letter;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters of a real Kafka, found and sent again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayTest {
    private static final String FROM = "some.topic";

    private KafkaProbe kafka;
    private DeadLetters letters;

    @BeforeAll
    void start() throws Exception {
        kafka = new KafkaProbe(SharedKafka.servers());
        kafka.create(Topics.DEAD_LETTERS, 1);
        kafka.create(FROM, 1);
        letters = new DeadLetters(SharedKafka.settings());
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    @Test
    void aLetterIsSentAgainOnceUnlessMoreIsAskedFor() throws Exception {
        String id = setAside("once", new ProducerRecord<>(FROM, "once", "text".getBytes(UTF_8)));
        assertThat(letters.find(id).orElseThrow().replayed()).isNull();
        letters.replay(id, false);
        assertThatThrownBy(() -> letters.replay(id, false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(id)
                .hasMessageContaining("sent again already");
        assertThat(kafka.read(FROM, "once")).as("the first and one more").hasSize(2);

        Letter letter = letters.find(id).orElseThrow();
        assertThat(letter.replayed()).isAfterOrEqualTo(letter.at());
        assertThat(letter.value()).isEqualTo("text");
        assertThat(letters.latest(1000))
                .filteredOn(each -> each.id().equals(id))
                .singleElement()
                .satisfies(listed -> {
                    assertThat(listed.replayed()).isEqualTo(letter.replayed());
                    assertThat(listed.value()).isNull();
                });

        letters.replay(id, true);
        assertThat(kafka.read(FROM, "once")).hasSize(3);
    }

    @Test
    void theLatestAreListedThoughMarksLieBetween() throws Exception {
        String first = setAside("l0", new ProducerRecord<>(FROM, "l0", new byte[0]));
        for (int i = 1; i < 4; i++) {
            setAside("l" + i, new ProducerRecord<>(FROM, "l" + i, new byte[0]));
        }
        for (int i = 0; i < 12; i++) {
            letters.replay(first, true);
        }
        assertThat(letters.latest(2))
                .extracting(Letter::task, Letter::replayed)
                .containsExactly(tuple("l2", null), tuple("l3", null));
        assertThat(letters.latest(4)).extracting(Letter::task).containsExactly("l0", "l1", "l2", "l3");
        assertThat(letters.latest(4).getFirst().replayed()).isNotNull();
    }

    @Test
    void oneThatWasTooLargeSaysWhatIsMissingAndIsSentAgainWhole() throws Exception {
        var large = new ProducerRecord<>(FROM, "too large", new byte[2_000_000]);
        large.headers().add(Messages.CONVERSATION_HEADER, new byte[2_000_000]).add("own", "kept".getBytes(UTF_8));
        String id = setAside("too large", large);
        assertThat(letters.find(id).orElseThrow().value()).isNull();
        assertThat(kafka.read(Topics.DEAD_LETTERS, "too large"))
                .singleElement()
                .extracting(letter -> KafkaProbe.header(letter, "cermin_left_out"))
                .isEqualTo("value, cermin_conversation");

        letters.replay(id, false);
        List<ConsumerRecord<String, byte[]>> both = kafka.read(FROM, "too large");
        assertThat(both).hasSize(2);
        assertThat(both.getLast().value()).isEqualTo(both.getFirst().value());
        assertThat(both.getLast().headers().toArray())
                .isEqualTo(both.getFirst().headers().toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "0-99999999", "7-0", "-1-0", "0-99999999999999999999"})
    void whatIsNoLetterIsNotFoundAndNotWaitedFor(String id) {
        assertThat(letters.find(id)).isEmpty();
        assertThatThrownBy(() -> letters.replay(id, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There is no dead letter '" + id + "'");
    }

    @Test
    void aMarkIsNoLetter() throws Exception {
        String id = setAside("marked", new ProducerRecord<>(FROM, "marked", new byte[0]));
        letters.replay(id, false);
        ConsumerRecord<String, byte[]> mark =
                kafka.read(Topics.DEAD_LETTERS, id).getFirst();
        assertThat(letters.find(mark.partition() + "-" + mark.offset())).isEmpty();
    }

    /** As a lane does it. @return the letter's id */
    private String setAside(String key, ProducerRecord<String, byte[]> record) throws Exception {
        kafka.send(record);
        kafka.send(Messages.deadLetter(kafka.read(FROM, key).getFirst(), "a reason"));
        ConsumerRecord<String, byte[]> letter =
                kafka.read(Topics.DEAD_LETTERS, key).getLast();
        return letter.partition() + "-" + letter.offset();
    }
}
