package dev.cermin.run;

import dev.cermin.critique.CritiqueFormat;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON that a judge is held to where its model can be. */
final class JudgeFormat {
    private static final ResponseFormat JSON = ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder()
                    .name("critique")
                    .rootElement(JsonObjectSchema.builder()
                            // issues first: a verdict that follows from reasons is worth more than one they excuse
                            .addProperty(
                                    "issues",
                                    JsonArraySchema.builder()
                                            .items(new JsonStringSchema())
                                            .build())
                            .addProperty("score", new JsonNumberSchema())
                            .addProperty(
                                    "verdict",
                                    JsonEnumSchema.builder()
                                            .enumValues("accept", "revise")
                                            .build())
                            .required(List.of("issues", "score", "verdict"))
                            .additionalProperties(false)
                            .build())
                    .build())
            .build();

    private JudgeFormat() {}

    static @Nullable ResponseFormat of(CritiqueFormat format) {
        return format == CritiqueFormat.JSON ? JSON : null;
    }
}
