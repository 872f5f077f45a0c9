package dev.cermin.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guide has every metric, as the table in the code has it. */
class OperationsGuideTest {
    @ParameterizedTest
    @EnumSource
    void theGuideHasEveryMetric(Metric metric) throws IOException {
        String tags = metric.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
        assertThat(Files.readAllLines(Path.of("docs/operations.md")))
                .contains("| `%s` | %s | %s |".formatted(metric.exposed(), tags, metric.description()));
    }
}
