package dev.cermin.plan;

import dev.cermin.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the parts of a model go.
 *
 * @param model its name
 * @param file for {@code llama-server -m}
 * @param parameters weights in all
 * @param quant of the weights
 * @param fit what comes of it
 * @param context tokens of each sequence
 * @param parallel sequences
 * @param kv type of the cache
 * @param flashAttention whether it is on
 * @param layers in all
 * @param layersOnGpu of those, on cards; with them goes the output matrix
 * @param expertsOnCpu so many of the first layers have their experts in the host's memory
 * @param cards one by one
 * @param host what the host's memory holds
 * @param fileBytes of the weights in all
 * @param notes what else to know
 * @param wouldFit what would put the whole model on the cards, or into the host's memory where there are none; empty
 *     where it is there
 */
public record Plan(
        String model,
        String file,
        long parameters,
        String quant,
        Fit fit,
        int context,
        int parallel,
        KvType kv,
        boolean flashAttention,
        int layers,
        int layersOnGpu,
        int expertsOnCpu,
        List<Card> cards,
        Host host,
        long fileBytes,
        List<String> notes,
        List<String> wouldFit) {
    public Plan {
        cards = List.copyOf(cards);
        notes = List.copyOf(notes);
        wouldFit = List.copyOf(wouldFit);
    }

    public enum Fit {
        /** All layers are on cards. */
        WHOLE,
        /** The rest is in the host's memory, which is many times slower. */
        PART,
        /** No card was given: all is in the host's memory. */
        CPU,
        /** It can't be run that way. */
        NONE
    }

    /**
     * Bytes of one card.
     *
     * @param memory what it has
     * @param pieces layers, and 1 for the output matrix on the card that has it
     * @param weights of its layers, and the output matrix
     * @param kv the cache of its layers
     * @param compute working memory, roughly
     * @param margin kept free, as llama-server's own fitting does
     */
    public record Card(long memory, int pieces, long weights, long kv, long compute, long margin) {
        public long used() {
            return weights + kv + compute;
        }
    }

    /** Bytes of the host's memory. */
    public record Host(long weights, long kv, long compute) {
        public long used() {
            return weights + kv + compute;
        }
    }

    /** Bytes of all cards together that are in use. */
    public long usedOnCards() {
        return cards.stream().mapToLong(Card::used).sum();
    }

    /** {@code llama-server} and its arguments. */
    public List<String> command() {
        return LlamaServer.command(this);
    }

    /** The same settings as llama-server's environment variables, for containers. */
    public Map<String, String> environment() {
        return LlamaServer.environment(this);
    }

    /** For people: several lines, without a newline at the end. */
    public String text() {
        return PlanText.of(this);
    }

    /** One JSON object: this record, {@code command} and {@code environment}. Sizes are bytes. */
    public String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("plan", this);
        if (fit != Fit.NONE) {
            all.put("command", command());
            all.put("environment", environment());
        }
        return Json.text(all);
    }
}
