package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Answers as a public benchmark has them, in LaTeX; those that are single expressions are read. */
class PublishedAnswersTest {
    private static final Path ANSWERS = Path.of("../shared/data/math500/test.jsonl");

    @Test
    void aPublishedAnswerEqualsItself() throws IOException {
        assumeThat(ANSWERS).as("the benchmark's file").exists();
        var mapper = new ObjectMapper();
        int equal = 0;
        int different = 0;
        int unread = 0;
        for (String line : Files.readAllLines(ANSWERS)) {
            String answer = mapper.readTree(line).path("answer").asText();
            EquivalentVerifier verifier;
            try {
                verifier = EquivalentVerifier.to(answer);
            } catch (IllegalArgumentException e) {
                // tuples, lists, intervals, matrices, degrees, bases, names
                unread++;
                continue;
            }
            if (verifier.verify(new Answer("", "$\\boxed{" + answer + "}$")).passed()) {
                equal++;
            } else {
                different++;
            }
        }
        assertThat(different).isZero();
        assertThat(equal).isGreaterThan(6 * unread);
    }
}
