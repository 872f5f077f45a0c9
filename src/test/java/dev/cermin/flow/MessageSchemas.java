package dev.cermin.flow;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceStep;
import java.lang.reflect.AnnotatedType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of the messages, as the records and their Javadoc have them. A property is required unless it may be null or
 * its Javadoc names a default, which stands for it where an older writer didn't know it.
 */
final class MessageSchemas {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private MessageSchemas() {}

    /** By type of message. */
    static Map<String, Class<?>> records() throws ClassNotFoundException {
        Map<String, Class<?>> records = new LinkedHashMap<>();
        // what others may write, who may leave out more than we do
        records.put(Messages.TASK, Class.forName(Intake.class.getName() + "$Submitted"));
        records.put(Messages.STEP, Messages.Step.class);
        records.put(Messages.TRACE, TraceStep.class);
        records.put(Messages.RESULT, Outcome.class);
        records.put(Messages.WEBHOOK, Messages.Event.class);
        records.put(Messages.CANCEL, Messages.Cancel.class);
        records.put(Messages.DECISION, Messages.Decide.class);
        return records;
    }

    static String of(String type, Class<?> record) throws JsonProcessingException {
        ObjectNode generated = generator().generateSchema(record);
        ObjectNode schema = MAPPER.createObjectNode();
        schema.set("$schema", generated.remove("$schema"));
        schema.put("$id", Envelope.schemaOf(type));
        schema.put("title", type);
        schema.setAll(generated);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        return MAPPER.writer(printer).writeValueAsString(schema) + "\n";
    }

    private static SchemaGenerator generator() {
        SchemaGeneratorConfigBuilder settings = new SchemaGeneratorConfigBuilder(
                        MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        settings.forTypesInGeneral()
                .withDescriptionResolver(scope ->
                        RecordDocs.ofType(scope.getType().getErasedType()).orElse(null))
                .withDefinitionNamingStrategy((key, context) -> name(key.getType()));
        settings.forFields().withRequiredCheck(MessageSchemas::required).withDescriptionResolver(MessageSchemas::doc);
        return new SchemaGenerator(settings.build());
    }

    private static String name(ResolvedType type) {
        return type.getErasedType().getSimpleName();
    }

    private static boolean required(FieldScope field) {
        AnnotatedType type = field.getRawMember().getAnnotatedType();
        String doc = doc(field);
        return !type.isAnnotationPresent(Nullable.class) && (doc == null || !doc.matches(".*\\bdefaults?\\b.*"));
    }

    private static @Nullable String doc(FieldScope field) {
        if (field.isFakeContainerItemScope()) {
            return null;
        }
        Class<?> type = field.getRawMember().getDeclaringClass();
        Class<?> described = type.getSimpleName().equals("Submitted") ? Task.class : type;
        return RecordDocs.ofComponent(described, field.getName())
                .or(() -> RecordDocs.ofComponent(type, field.getName()))
                .orElse(null);
    }
}
