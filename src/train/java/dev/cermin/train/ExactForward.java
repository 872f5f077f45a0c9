package dev.cermin.train;

import java.util.Arrays;

/** The model in double precision, written out plainly: what engines are compared with. Slow. */
final class ExactForward {
    private final Shape shape;
    private final Weights weights;

    ExactForward(Weights weights) {
        this.weights = weights;
        this.shape = weights.shape();
    }

    /** Mean negative log-likelihood in nats of the tokens behind the first. */
    double nll(int[] tokens) {
        double[][] x = last(tokens);
        double sum = 0;
        for (int at = 0; at + 1 < tokens.length; at++) {
            double[] logits = logits(x[at]);
            double all = 0;
            double most = Arrays.stream(logits).max().orElseThrow();
            for (double logit : logits) {
                all += Math.exp(logit - most);
            }
            sum -= logits[tokens[at + 1]] - most - Math.log(all);
        }
        return sum / (tokens.length - 1);
    }

    /** The token that is likeliest to come next. */
    int likeliest(int[] tokens) {
        double[] logits = logits(last(tokens)[tokens.length - 1]);
        int best = 0;
        for (int token = 1; token < logits.length; token++) {
            best = logits[token] > logits[best] ? token : best;
        }
        return best;
    }

    private double[] logits(double[] x) {
        return times(weights.data(Llama.EMBEDDING), norm(x, "norm"), shape.vocabulary());
    }

    /** What the last layer has at each token. */
    private double[][] last(int[] tokens) {
        double[][] x = new double[tokens.length][];
        float[] embedding = weights.data(Llama.EMBEDDING);
        for (int at = 0; at < tokens.length; at++) {
            x[at] = new double[shape.hidden()];
            for (int i = 0; i < shape.hidden(); i++) {
                x[at][i] = embedding[tokens[at] * shape.hidden() + i];
            }
        }
        for (int layer = 0; layer < shape.layers(); layer++) {
            attend(x, layer);
            feed(x, layer);
        }
        return x;
    }

    private void attend(double[][] x, int layer) {
        int hidden = shape.hidden();
        double[][] all = new double[x.length][];
        for (int at = 0; at < x.length; at++) {
            all[at] = times(weights.data(layer + ".attention.in"), norm(x[at], layer + ".attention.norm"), 3 * hidden);
            for (int part = 0; part < 2 * shape.heads(); part++) {
                turn(all[at], part * shape.head(), at);
            }
        }
        for (int at = x.length - 1; at >= 0; at--) {
            double[] seen = new double[hidden];
            for (int head = 0; head < shape.heads(); head++) {
                look(all, at, head * shape.head(), seen);
            }
            add(x[at], times(weights.data(layer + ".attention.out"), seen, hidden));
        }
    }

    private void turn(double[] values, int from, int at) {
        int half = shape.head() / 2;
        for (int i = 0; i < half; i++) {
            double angle = at * Math.pow(Shape.ROPE_THETA, -2.0 * i / shape.head());
            double one = values[from + i];
            double other = values[from + i + half];
            values[from + i] = one * Math.cos(angle) - other * Math.sin(angle);
            values[from + i + half] = other * Math.cos(angle) + one * Math.sin(angle);
        }
    }

    private void look(double[][] all, int at, int from, double[] seen) {
        double[] shares = new double[at + 1];
        double most = Double.NEGATIVE_INFINITY;
        for (int past = 0; past <= at; past++) {
            for (int i = from; i < from + shape.head(); i++) {
                shares[past] += all[at][i] * all[past][shape.hidden() + i];
            }
            shares[past] /= Math.sqrt(shape.head());
            most = Math.max(most, shares[past]);
        }
        double sum = 0;
        for (int past = 0; past <= at; past++) {
            shares[past] = Math.exp(shares[past] - most);
            sum += shares[past];
        }
        for (int past = 0; past <= at; past++) {
            for (int i = from; i < from + shape.head(); i++) {
                seen[i] += shares[past] / sum * all[past][2 * shape.hidden() + i];
            }
        }
    }

    private void feed(double[][] x, int layer) {
        int inner = shape.inner();
        for (double[] each : x) {
            double[] both = times(weights.data(layer + ".inner.in"), norm(each, layer + ".inner.norm"), 2 * inner);
            double[] gated = new double[inner];
            for (int i = 0; i < inner; i++) {
                gated[i] = both[i] / (1 + Math.exp(-both[i])) * both[inner + i];
            }
            add(each, times(weights.data(layer + ".inner.out"), gated, shape.hidden()));
        }
    }

    private double[] norm(double[] x, String name) {
        float[] scale = weights.data(name);
        double squares = 0;
        for (double each : x) {
            squares += each * each;
        }
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = x[i] / Math.sqrt(squares / x.length + Shape.NORM_EPSILON) * scale[i];
        }
        return result;
    }

    private static double[] times(float[] matrix, double[] x, int rows) {
        double[] result = new double[rows];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < x.length; i++) {
                result[row] += matrix[row * x.length + i] * x[i];
            }
        }
        return result;
    }

    private static void add(double[] x, double[] more) {
        for (int i = 0; i < x.length; i++) {
            x[i] += more[i];
        }
    }
}
