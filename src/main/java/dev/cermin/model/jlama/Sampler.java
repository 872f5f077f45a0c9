package dev.cermin.model.jlama;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;

/** Chooses the next token from logits: the greatest at temperature 0, otherwise at random among the most likely. */
final class Sampler {
    private final double temperature;
    private final double topP;
    private final Random random;

    Sampler(double temperature, double topP, long seed) {
        if (!(temperature >= 0 && temperature <= 100)) {
            throw new IllegalArgumentException("temperature is " + temperature + ", expected 0 (greedy) to 100");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP is " + topP + ", expected above 0 and at most 1");
        }
        this.temperature = temperature;
        this.topP = topP;
        this.random = new Random(seed);
    }

    int next(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return temperature == 0 ? best : draw(logits, logits[best]);
    }

    private int draw(float[] logits, float greatest) {
        double[] weights = new double[logits.length];
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp((logits[i] - greatest) / temperature);
            total += weights[i];
        }
        Integer[] order = new Integer[weights.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -weights[i]));
        double kept = 0;
        int count = 0;
        while (count < order.length && kept < topP * total) {
            kept += weights[order[count++]];
        }
        double point = random.nextDouble() * kept;
        for (int i = 0; i < count - 1; i++) {
            point -= weights[order[i]];
            if (point < 0) {
                return order[i];
            }
        }
        return order[count - 1];
    }

    /** The natural logarithm of the probability of a token, by the logits from {@code start} on, one of each token. */
    static double logProbability(float[] logits, int start, int vocabulary, int token) {
        float greatest = Float.NEGATIVE_INFINITY;
        for (int i = start; i < start + vocabulary; i++) {
            greatest = Math.max(greatest, logits[i]);
        }
        double sum = 0;
        for (int i = start; i < start + vocabulary; i++) {
            sum += Math.exp((double) logits[i] - greatest);
        }
        return logits[start + token] - (double) greatest - Math.log(sum);
    }
}
