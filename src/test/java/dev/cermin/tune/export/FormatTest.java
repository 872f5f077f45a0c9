package dev.cermin.tune.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.json.Json;
import dev.cermin.tune.Correction;
import dev.cermin.tune.Correction.Judge;
import dev.cermin.tune.Sample;
import dev.cermin.tune.export.Made.LeftOut;
import dev.cermin.tune.export.Made.Rows;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.JsonSchemaVerifier;
import dev.cermin.verify.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Each format's rows against the shape that the trainers publish, and with any text. */
class FormatTest {
    private static final Map<Format, Verifier> SCHEMAS = new EnumMap<>(Format.class);

    static {
        for (Format format : Format.values()) {
            SCHEMAS.put(format, JsonSchemaVerifier.of(schema(format.label())));
        }
    }

    private static String schema(String label) {
        try (InputStream in = FormatTest.class.getResourceAsStream("/tune/" + label + ".schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> odd = Arbitraries.of(
                "\"",
                "\\",
                "\n",
                "\r\n",
                "\t",
                "\u2028",
                "\u0085",
                "{\"role\":\"user\"}",
                "<reflection>",
                "</output>",
                "<|im_end|>",
                "[INST]",
                "漢字",
                "é",
                "😀",
                "\u0000",
                "---\n",
                "# x",
                "| y |",
                "$&");
        return Arbitraries.oneOf(odd, Arbitraries.strings().ofMaxLength(20))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(parts -> String.join("", parts))
                // what UTF-8 can't hold, and what no row is made of
                .filter(text -> !text.isBlank() && text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
    }

    @Property
    void rowsOfAnySampleHaveThePublishedShapeAndItsTexts(
            @ForAll Format format,
            @ForAll("texts") String instruction,
            @ForAll("texts") String input,
            @ForAll("texts") String output) {
        Made made = format.made(sample(instruction, input, output));

        if (made instanceof Rows rows) {
            for (Object row : rows.rows()) {
                valid(format, row);
                assertThat(strings(row)).contains(output);
                assertThat(String.join("\n", strings(row)))
                        .contains(instruction)
                        .contains(input);
            }
        } else {
            assertThat(format).isIn(Format.PREFERENCE, Format.OPENAI_PREFERENCE, Format.KTO, Format.REFLECTION);
        }
    }

    @Property
    void rowsOfAnyCorrectionHaveThePublishedShapeAndItsTexts(
            @ForAll Format format,
            @ForAll("texts") String prompt,
            @ForAll("texts") String draft,
            @ForAll("texts") String reflection,
            @ForAll("texts") String corrected) {
        Made made = format.made(new Correction("t", prompt, draft, reflection, corrected, Judge.VERIFIER));

        if (made instanceof Rows rows) {
            for (Object row : rows.rows()) {
                valid(format, row);
                assertThat(strings(row)).contains(prompt);
            }
            assertThat(String.join(
                            "\n",
                            rows.rows().stream()
                                    .flatMap(row -> strings(row).stream())
                                    .toList()))
                    .contains(corrected);
        } else {
            String reason = ((LeftOut) made).reason();
            assertThat(reason.equals("the correction repeats the draft") == draft.equals(corrected)
                            || reason.equals("draft, reflection or correction has reasoning tags of its own"))
                    .as(reason)
                    .isTrue();
        }
    }

    @Property
    void theSecondTimeTheLossBeginsBehindTheFirstTag(@ForAll("texts") String before, @ForAll("texts") String after) {
        String answer = before + "<reflection>" + after;
        int tag = answer.indexOf("<reflection>") + "<reflection>".length();

        List<Object> rows = ((Rows) Format.REFLECTION_TWICE.made(sample("Do it", "", answer))).rows();

        assertThat(rows).hasSize(2);
        assertThat(from(rows, 0)).isZero();
        assertThat(answer.substring(answer.offsetByCodePoints(0, from(rows, 1))))
                .isEqualTo(answer.substring(tag));
        for (Object row : rows) {
            Row.Weighted weighted = (Row.Weighted) row;
            Row.Detail detail = weighted.messages().getLast().trainDetail().getFirst();
            assertThat(detail)
                    .isEqualTo(
                            new Row.Detail(weighted.lossFrom(), answer.codePointCount(0, answer.length()) - 1, true));
        }
    }

    private static int from(List<Object> rows, int which) {
        return ((Row.Weighted) rows.get(which)).lossFrom();
    }

    @Example
    void anAnswerWithoutTheTagStandsOnce() {
        assertThat(((Rows) Format.REFLECTION_TWICE.made(sample("Do it", "", "done"))).rows())
                .hasSize(1);
        assertThat(((Rows) Format.REFLECTION_TWICE.made(sample("Do it", "", "done <reflection>"))).rows())
                .hasSize(1);
    }

    @Example
    void eachRowIsWrittenInTheDocumentationsOrder() {
        Sample sample = sample("Reverse it", "abc", "cba");
        Correction correction = new Correction("t", "2+2?", "5", "5 is odd", "4", Judge.REVIEWER);

        assertThat(written(Format.MESSAGES.made(sample)))
                .containsExactly("{\"messages\":[{\"role\":\"user\",\"content\":\"Reverse it\\nabc\"},"
                        + "{\"role\":\"assistant\",\"content\":\"cba\"}]}");
        assertThat(written(Format.ALPACA.made(sample)))
                .containsExactly("{\"instruction\":\"Reverse it\",\"input\":\"abc\",\"output\":\"cba\"}");
        assertThat(written(Format.SHAREGPT.made(correction)))
                .containsExactly("{\"conversations\":[{\"from\":\"human\",\"value\":\"2+2?\"},"
                        + "{\"from\":\"gpt\",\"value\":\"4\"}]}");
        assertThat(written(Format.PREFERENCE.made(correction)))
                .containsExactly("{\"prompt\":\"2+2?\",\"chosen\":\"4\",\"rejected\":\"5\"}");
        assertThat(written(Format.OPENAI_PREFERENCE.made(correction)))
                .containsExactly("{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"2+2?\"}]},"
                        + "\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"4\"}],"
                        + "\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\"5\"}]}");
        assertThat(written(Format.KTO.made(correction)))
                .containsExactly(
                        "{\"prompt\":\"2+2?\",\"completion\":\"4\",\"label\":true}",
                        "{\"prompt\":\"2+2?\",\"completion\":\"5\",\"label\":false}");
        assertThat(written(Format.REFLECTION.made(correction)))
                .containsExactly("{\"instruction\":\"2+2?\",\"input\":\"\",\"output\":\"5\","
                        + "\"reflection\":\"5 is odd\",\"corrected\":\"4\"}");
        assertThat(written(Format.REFLECTION_TWICE.made(correction)))
                .last()
                .isEqualTo(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"2+2?\"},{\"role\":\"assistant\",\"content\":"
                                + "\"<thinking>5</thinking><reflection>5 is odd</reflection><output>4</output>\","
                                + "\"train_detail\":[{\"begin_offset\":34,\"end_offset\":72,\"train\":true}]}],\"loss_from\":34}");
    }

    @Example
    void aCriticsOpinionMakesNoPreferenceAndNoLabel() {
        Correction opinion = new Correction("t", "2+2?", "5", "5 is odd", "4", Judge.CRITIC);

        for (Format format : List.of(Format.PREFERENCE, Format.OPENAI_PREFERENCE, Format.KTO)) {
            assertThat(format.made(opinion))
                    .isEqualTo(new LeftOut("only a critic says that it is better, which is a model's opinion"));
            assertThat(format.made(sample("a", "", "b"))).isInstanceOf(LeftOut.class);
        }
        assertThat(Format.REFLECTION.made(opinion)).isInstanceOf(Rows.class);
    }

    @Example
    void whatTeachesNothingIsLeftOutWithTheReason() {
        assertThat(Format.ALPACA.made(sample("a", "", " "))).isEqualTo(new LeftOut("the answer is empty"));
        assertThat(Format.MESSAGES.made(sample("\n", "", "b"))).isEqualTo(new LeftOut("the instruction is empty"));
        assertThat(Format.PREFERENCE.made(new Correction("t", "p", "", null, "c", Judge.VERIFIER)))
                .isEqualTo(new LeftOut("the draft is empty"));
        assertThat(Format.KTO.made(new Correction("t", "p", "c", null, "c", Judge.VERIFIER)))
                .isEqualTo(new LeftOut("the correction repeats the draft"));
        assertThat(Format.REFLECTION.made(new Correction("t", "p", "d", null, "c", Judge.VERIFIER)))
                .isEqualTo(new LeftOut("nothing was said of the draft"));
        assertThat(Format.REFLECTION_TWICE.made(new Correction("t", "p", "d", " ", "c", Judge.VERIFIER)))
                .isEqualTo(new LeftOut("nothing was said of the draft"));
        assertThat(Format.REFLECTION_TWICE.made(new Correction("t", "p", "d</thinking>", "no", "c", Judge.VERIFIER)))
                .isEqualTo(new LeftOut("draft, reflection or correction has reasoning tags of its own"));
    }

    @Example
    void anUnknownNameIsRefusedWithThoseThatThereAre() {
        assertThat(Format.of("openai-preference")).isEqualTo(Format.OPENAI_PREFERENCE);
        assertThatThrownBy(() -> Format.of("alpacca"))
                .hasMessageStartingWith("There is no format 'alpacca'; one of [messages, alpaca, sharegpt, preference");
    }

    @Example
    void theSchemasRefuseWhatTrainersRefuse() {
        assertThat(check(Format.MESSAGES, "{\"messages\":[{\"role\":\"human\",\"content\":\"a\"}]}"))
                .isFalse();
        assertThat(check(
                        Format.SHAREGPT,
                        "{\"conversations\":[{\"from\":\"gpt\",\"value\":\"a\"},"
                                + "{\"from\":\"human\",\"value\":\"b\"}]}"))
                .isFalse();
        assertThat(check(Format.KTO, "{\"prompt\":\"a\",\"completion\":\"b\",\"label\":\"true\"}"))
                .isFalse();
        assertThat(check(Format.ALPACA, "{\"instruction\":\"a\"}")).isFalse();
    }

    private static Sample sample(String instruction, String input, String output) {
        return new Sample("1", instruction, input, output, new Sample.Source("data.jsonl", 1, List.of()));
    }

    private static List<String> written(Made made) {
        return ((Rows) made).rows().stream().map(Json::text).toList();
    }

    private static void valid(Format format, Object row) {
        Check check = SCHEMAS.get(format).verify(new Answer("", Json.text(row)));
        assertThat(check.passed()).as(check.message()).isTrue();
    }

    private static boolean check(Format format, String json) {
        return SCHEMAS.get(format).verify(new Answer("", json)).passed();
    }

    /** All strings of a row as a reader gets them. */
    private static List<String> strings(Object row) {
        return flat(Json.read(Json.bytes(row), Object.class));
    }

    private static List<String> flat(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().flatMap(each -> flat(each).stream()).toList();
        }
        if (value instanceof List<?> list) {
            return list.stream().flatMap(each -> flat(each).stream()).toList();
        }
        return value instanceof String text ? List.of(text) : List.of();
    }
}
