package dev.cermin.eval;

import java.math.BigDecimal;

/**
 * Where a loop stood after a round: the score of the answer it would have given, and all that it had spent.
 *
 * @param round corrections made; 0 after the first draft
 * @param score of the best draft so far
 * @param calls of models, those that told whether this draft is good among them
 * @param tokensIn read by models
 * @param tokensOut written by models
 * @param cost by the models' prices
 * @param millis that models took
 */
public record After(int round, Score score, int calls, long tokensIn, long tokensOut, BigDecimal cost, long millis) {
    public long tokens() {
        return tokensIn + tokensOut;
    }
}
