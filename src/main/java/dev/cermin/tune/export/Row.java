package dev.cermin.tune.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the formats, with their fields in the order in which the trainers' documentation has them. */
final class Row {
    private Row() {}

    @JsonPropertyOrder({"role", "content", "train_detail"})
    record Message(
            String role,
            String content,
            @JsonProperty("train_detail") @Nullable List<Detail> trainDetail) {
        Message(String role, String content) {
            this(role, content, null);
        }
    }

    /** Characters of a message by code points, both ends included, as axolotl counts them. */
    @JsonPropertyOrder({"begin_offset", "end_offset", "train"})
    record Detail(
            @JsonProperty("begin_offset") int begin,
            @JsonProperty("end_offset") int end,
            boolean train) {}

    record Messages(List<Message> messages) {}

    @JsonPropertyOrder({"messages", "loss_from"})
    record Weighted(
            List<Message> messages,
            @JsonProperty("loss_from") int lossFrom) {}

    @JsonPropertyOrder({"instruction", "input", "output"})
    record Alpaca(String instruction, String input, String output) {}

    record ShareGpt(List<Turn> conversations) {}

    @JsonPropertyOrder({"from", "value"})
    record Turn(String from, String value) {}

    @JsonPropertyOrder({"prompt", "chosen", "rejected"})
    record Preference(String prompt, String chosen, String rejected) {}

    @JsonPropertyOrder({"input", "preferred_output", "non_preferred_output"})
    record OpenAiPreference(
            Messages input,
            @JsonProperty("preferred_output") List<Message> preferred,
            @JsonProperty("non_preferred_output") List<Message> nonPreferred) {}

    @JsonPropertyOrder({"prompt", "completion", "label"})
    record Kto(String prompt, String completion, boolean label) {}

    @JsonPropertyOrder({"instruction", "input", "output", "reflection", "corrected"})
    record Reflection(String instruction, String input, String output, String reflection, String corrected) {}
}
