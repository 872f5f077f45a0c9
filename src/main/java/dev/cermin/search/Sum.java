package dev.cermin.search;

import dev.cermin.search.Statistics.Group;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A group that is summed up from its parts. */
final class Sum {
    private static final MathContext DIGITS = new MathContext(12);

    /** Finished ones by how long they took, a tenth more from one to the next. */
    private final NavigableMap<Integer, Long> times = new TreeMap<>();

    private long traces;
    private long finished;
    private long accepted;
    private long calls;
    private double tokensIn;
    private double tokensOut;
    private double cost;
    private double millis;

    /** A row as {@link Sums} selects it. */
    void add(ResultSet row) throws SQLException {
        traces += row.getLong(6);
        finished += row.getLong(7);
        accepted += row.getLong(8);
        calls += row.getLong(9);
        tokensIn += row.getDouble(10);
        tokensOut += row.getDouble(11);
        cost += row.getDouble(12);
        millis += row.getDouble(13);
    }

    /** So many took about 1.1 to the power of the bucket, in milliseconds. */
    void addTime(int bucket, long count) {
        times.merge(bucket, count, Long::sum);
    }

    void add(Sum other) {
        traces += other.traces;
        finished += other.finished;
        accepted += other.accepted;
        calls += other.calls;
        tokensIn += other.tokensIn;
        tokensOut += other.tokensOut;
        cost += other.cost;
        millis += other.millis;
        other.times.forEach((bucket, count) -> times.merge(bucket, count, Long::sum));
    }

    Group group(String name) {
        return new Group(
                name,
                traces,
                finished,
                accepted,
                calls,
                Math.round(tokensIn),
                Math.round(tokensOut),
                new BigDecimal(cost, DIGITS).stripTrailingZeros(),
                finished == 0 ? 0 : Math.round(millis / finished),
                millis(0.5),
                millis(0.95));
    }

    /** The middle of the bucket where a share of all lies. */
    private long millis(double share) {
        long seen = 0;
        for (Map.Entry<Integer, Long> bucket : times.entrySet()) {
            seen += bucket.getValue();
            if (seen >= share * finished) {
                return Math.round(Math.pow(1.1, bucket.getKey() + 0.5));
            }
        }
        return 0;
    }
}
