package dev.cermin.search;

import dev.cermin.loop.StopReason;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a filter's parameters, which become fewer as they are read; what is left nobody knows. */
final class FilterReader {
    private static final List<String> NAMES = List.of(
            "agent",
            "version",
            "model",
            "stopReason",
            "accepted",
            "minScore",
            "maxScore",
            "minRounds",
            "maxRounds",
            "minCost",
            "maxCost",
            "from",
            "to",
            "tenant",
            "label",
            "text",
            "unfinished");
    private static final int LONGEST = 1000;

    private final Map<String, String> given = new TreeMap<>();

    FilterReader(Map<String, String> parameters) {
        parameters.forEach((name, value) -> {
            if (!NAMES.contains(name)) {
                throw new FilterException(name, "There is no filter '%s'; known are %s".formatted(name, NAMES));
            }
            if (!value.isBlank()) {
                given.put(name, value.strip());
            }
        });
    }

    TraceFilter read() {
        TraceFilter filter = new TraceFilter(
                text("agent"),
                text("version"),
                text("model"),
                stopReason(),
                truth("accepted"),
                score("minScore"),
                score("maxScore"),
                count("minRounds"),
                count("maxRounds"),
                money("minCost"),
                money("maxCost"),
                time("from"),
                time("to"),
                text("tenant"),
                text("label"),
                text("text"),
                Boolean.TRUE.equals(truth("unfinished")));
        requireOrder("minScore", filter.minScore(), "maxScore", filter.maxScore());
        requireOrder("minRounds", filter.minRounds(), "maxRounds", filter.maxRounds());
        requireOrder("minCost", filter.minCost(), "maxCost", filter.maxCost());
        requireOrder("from", filter.from(), "to", filter.to());
        return filter;
    }

    private @Nullable String text(String name) {
        String value = given.get(name);
        if (value != null && (value.length() > LONGEST || value.indexOf(0) >= 0)) {
            throw new FilterException(
                    name,
                    "%s has %d characters; at most %d are expected, none of them NUL"
                            .formatted(name, value.length(), LONGEST));
        }
        return value;
    }

    private @Nullable String stopReason() {
        String value = given.get("stopReason");
        if (value == null) {
            return null;
        }
        List<String> known = Arrays.stream(StopReason.values())
                .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                .toList();
        String meant = value.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        if (!known.contains(meant)) {
            throw wrong("stopReason", "one of " + known, value);
        }
        return meant;
    }

    private @Nullable Boolean truth(String name) {
        String value = given.get(name);
        if (value == null) {
            return null;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw wrong(name, "true or false", value);
        };
    }

    private @Nullable Double score(String name) {
        String value = given.get(name);
        if (value == null) {
            return null;
        }
        try {
            double score = Double.parseDouble(value);
            if (score >= 0 && score <= 1) {
                return score;
            }
        } catch (NumberFormatException e) {
            throw wrong(name, "a number from 0 to 1", value);
        }
        throw wrong(name, "a number from 0 to 1", value);
    }

    private @Nullable Integer count(String name) {
        String value = given.get(name);
        if (value == null) {
            return null;
        }
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            throw wrong(name, "a whole number from 0", value);
        }
    }

    private @Nullable BigDecimal money(String name) {
        String value = given.get(name);
        if (value == null) {
            return null;
        }
        try {
            BigDecimal money = new BigDecimal(value);
            if (money.signum() >= 0 && Math.abs(money.scale()) < 100 && money.precision() < 100) {
                return money;
            }
        } catch (NumberFormatException e) {
            throw wrong(name, "an amount from 0, such as 0.25", value);
        }
        throw wrong(name, "an amount from 0, such as 0.25", value);
    }

    /** A day begins at midnight, UTC. */
    private @Nullable Instant time(String name) {
        String value = given.get(name);
        if (value == null) {
            return null;
        }
        try {
            return value.length() == "2030-01-01".length()
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw wrong(name, "a day such as 2030-01-01, or a time such as 2030-01-01T12:00:00Z,", value);
        }
    }

    private static <T extends Comparable<T>> void requireOrder(
            String least, @Nullable T from, String most, @Nullable T to) {
        if (from != null && to != null && from.compareTo(to) > 0) {
            throw new FilterException(
                    most, "%s is %s and %s is %s; nothing lies between them".formatted(least, from, most, to));
        }
    }

    private static FilterException wrong(String name, String expected, String given) {
        return new FilterException(name, "%s is '%s'; %s is expected".formatted(name, given, expected));
    }
}
