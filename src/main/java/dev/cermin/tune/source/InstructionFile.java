package dev.cermin.tune.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cermin.tune.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A file of instruction data: a JSON array or JSON Lines, told by its first character. It is read record by record, so it
 * may be larger than the memory.
 *
 * @param file UTF-8
 * @param format null: told record by record, by the keys
 */
public record InstructionFile(Path file, @Nullable Format format) implements SampleSource {
    @Override
    public String name() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public void read(Predicate<Candidate> samples, Consumer<Reject> rejects) {
        new Rows(file).read((number, line, row, fault, text) -> {
            String reason = fault;
            if (row != null) {
                try {
                    return samples.test(candidate(number, line, row));
                } catch (BrokenRecordException e) {
                    reason = e.getMessage();
                }
            }
            rejects.accept(new Reject(name(), line, String.valueOf(reason), text));
            return true;
        });
    }

    private Candidate candidate(int number, int line, JsonNode row) {
        if (!row.isObject()) {
            throw new BrokenRecordException(
                    "a JSON object is expected, not " + row.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        Exchange read = (format == null ? Format.of(row) : format).read(row);
        Sample sample = new Sample(
                name() + ":" + number,
                read.system() + read.instruction(),
                read.input(),
                read.output(),
                new Sample.Source(name(), line, List.of()));
        return new Candidate(sample, null, read.system().length());
    }

    static String shown(JsonProcessingException e) {
        int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
        return "no JSON, at column %d: %s".formatted(column, e.getOriginalMessage());
    }

    static String lossy(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
