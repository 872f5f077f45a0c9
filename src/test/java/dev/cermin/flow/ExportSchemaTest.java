package dev.cermin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.export.TraceLine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The schema of exported lines says what the code does, as {@link SchemasTest} has it for messages. */
class ExportSchemaTest {
    private static final String TYPE = "dev.cermin.export.v1";

    @Test
    void theFileIsWhatTheRecordSays() throws Exception {
        String schema = MessageSchemas.of(TYPE, TraceLine.class);
        Path file = SchemasTest.file(TYPE);
        if (Boolean.getBoolean("schemas.write")) {
            Files.writeString(file, schema);
        }
        assertThat(file)
                .as("-Dschemas.write=true writes it anew; a change that readers don't bear is a v2")
                .hasContent(schema);
    }
}
