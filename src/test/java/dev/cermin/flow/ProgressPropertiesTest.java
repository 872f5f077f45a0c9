package dev.cermin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/** Offsets as they are committed, against a log with gaps such as transactions leave. */
class ProgressPropertiesTest {
    private static final int BROKER_LIMIT = 4096;

    @Property(tries = 2000)
    void nothingDoneIsBegunAgainAndNothingUndoneIsSkipped(
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 40) Integer> gaps,
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 9999) Integer> script) {
        Reader reader = new Reader(gaps);
        for (int command : script) {
            int choice = command / 5;
            switch (command % 5) {
                case 0, 1 -> reader.poll(1 + choice % 8);
                case 2 -> reader.publish(choice, true);
                case 3 -> reader.publish(choice, false);
                default -> reader.restart();
            }
        }
        reader.finish();
        assertThat(reader.published).containsExactlyInAnyOrderElementsOf(reader.log);
    }

    @Example
    void theMetadataOfAFullWindowFitsIntoTheBrokersLimit() {
        Progress progress = new Progress(null, 7);
        progress.begin(7);
        long offset = 8;
        for (; progress.admits(offset); offset++) {
            progress.begin(offset);
            progress.done(offset);
        }
        OffsetAndMetadata commit = progress.commit();
        assertThat(progress.full()).isTrue();
        assertThat(commit.offset()).isEqualTo(7);
        assertThat(offset - 7).isEqualTo(Progress.WINDOW);
        assertThat(commit.metadata()).hasSizeLessThanOrEqualTo(BROKER_LIMIT);

        Progress resumed = new Progress(commit, 7);
        assertThat(resumed.begin(7)).isTrue();
        assertThat(resumed.begin(8)).isFalse();
        assertThat(resumed.begin(offset - 1)).isFalse();
        assertThat(resumed.begin(offset)).isTrue();
    }

    @Example
    void aGapWiderThanTheWindowHoldsUpOnlyWhileAStepIsOpen() {
        Progress progress = new Progress(null, 0);
        progress.begin(0);
        long far = 10L * Progress.WINDOW;
        assertThat(progress.admits(far)).isFalse();
        assertThat(progress.full()).isTrue();
        progress.done(0);
        assertThat(progress.full()).isFalse();
        assertThat(progress.admits(far)).isTrue();
        assertThat(progress.begin(far)).isTrue();
        assertThat(progress.commit()).isEqualTo(new OffsetAndMetadata(far, ""));
    }

    @Example
    void offsetsThatSomebodySetByHandAreTakenAsTheyAre() {
        Progress progress = new Progress(new OffsetAndMetadata(5, "byhand"), 5);
        for (long offset = 5; offset < 40; offset++) {
            assertThat(progress.begin(offset)).isTrue();
        }
    }

    @Example
    void aTopicThatWasMadeAnewIsReadFromItsBeginning() {
        Progress before = new Progress(null, 100);
        before.begin(100);
        before.begin(101);
        before.done(101);
        Progress progress = new Progress(before.commit(), 0);
        assertThat(progress.begin(0)).isTrue();
        assertThat(progress.begin(101)).isTrue();
        progress.done(0);
        assertThat(progress.commit()).isEqualTo(new OffsetAndMetadata(101, ""));
    }

    /** One partition and its readers, one after the other; what is done is published together with the commit. */
    private static final class Reader {
        private final List<Long> log = new ArrayList<>();
        private final List<Long> published = new ArrayList<>();
        private final Set<Long> open = new HashSet<>();
        private @Nullable OffsetAndMetadata committed;
        private Progress progress = new Progress(null, 0);
        private int at;

        Reader(List<Integer> gaps) {
            long offset = 0;
            for (int gap : gaps) {
                log.add(offset);
                offset += gap;
            }
        }

        void poll(int most) {
            for (int i = 0; i < most && at < log.size(); i++) {
                long offset = log.get(at++);
                assertThat(progress.admits(offset)).isTrue();
                boolean begun = progress.begin(offset);
                assertThat(begun).as("begin %d", offset).isEqualTo(!published.contains(offset));
                if (begun) {
                    open.add(offset);
                }
            }
        }

        /** Some of the open ones; a transaction that is aborted leaves nothing but is tried again. */
        void publish(int choice, boolean succeeds) {
            List<Long> done = open.stream()
                    .sorted()
                    .filter(offset -> (offset * 31 + choice) % 3 == 0)
                    .toList();
            done.forEach(progress::done);
            OffsetAndMetadata commit = progress.commit();
            assertThat(commit.metadata()).hasSizeLessThanOrEqualTo(BROKER_LIMIT);
            if (succeeds) {
                publish(done, commit);
            } else {
                done.forEach(progress::done);
                publish(done, progress.commit());
            }
        }

        private void publish(List<Long> done, OffsetAndMetadata commit) {
            committed = commit;
            published.addAll(done);
            done.forEach(open::remove);
        }

        void restart() {
            long from = committed == null ? 0 : committed.offset();
            progress = new Progress(committed, from);
            open.clear();
            at = (int) log.stream().filter(offset -> offset < from).count();
        }

        void finish() {
            restart();
            poll(log.size());
            List<Long> rest = List.copyOf(open);
            rest.forEach(progress::done);
            publish(rest, progress.commit());
        }
    }
}
