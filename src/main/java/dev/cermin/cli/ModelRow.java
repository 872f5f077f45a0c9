package dev.cermin.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import dev.cermin.config.ModelConfig;
import dev.cermin.dispatch.Check;
import dev.cermin.model.Model;
import dev.cermin.model.ModelSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a model as it is listed; no secret is in it.
 *
 * @param model the provider's name of it; empty for the provider's own default
 * @param at its endpoint or folder, or what a route chooses from
 * @param lane empty for the role's own
 * @param priceIn of a million tokens read
 * @param priceOut of a million tokens written
 * @param limits in words; empty for none
 * @param answers null where it wasn't asked
 * @param millis till the answer or the failure; null where it wasn't asked
 * @param failure why there was no answer; null where there was one, or it wasn't asked
 */
record ModelRow(
        String name,
        String provider,
        String model,
        String at,
        String lane,
        Collection<String> tags,
        BigDecimal priceIn,
        BigDecimal priceOut,
        String limits,
        Collection<String> fallback,
        @Nullable Boolean answers,
        @Nullable Long millis,
        @Nullable String failure) {
    private static final int WIDEST = 60;

    /** One a replica; one where there are no checks. */
    static List<ModelRow> of(String name, Model model, @Nullable ModelConfig config, List<Check> checks) {
        List<URI> endpoints = config == null
                ? List.of()
                : config.baseUrls().orElse(config.baseUrl().stream().toList());
        List<ModelRow> rows = new ArrayList<>();
        int count = Math.max(1, Math.max(endpoints.size(), checks.size()));
        for (int i = 0; i < count; i++) {
            URI endpoint = i < endpoints.size() ? endpoints.get(i) : null;
            rows.add(row(name, model, config, endpoint, i < checks.size() ? checks.get(i) : null));
        }
        return rows;
    }

    private static ModelRow row(
            String name, Model model, @Nullable ModelConfig config, @Nullable URI endpoint, @Nullable Check check) {
        return new ModelRow(
                name,
                model.provider(),
                config == null ? "" : config.model().orElse(""),
                config == null ? "bundled" : at(config, endpoint),
                config == null ? "" : config.lane().orElse(""),
                config == null ? Set.of() : new TreeSet<>(config.tags().orElse(Set.of())),
                model.price().in(),
                model.price().out(),
                config == null ? "" : limits(config.limits()),
                config == null ? List.of() : config.fallback().orElse(List.of()),
                check == null ? null : check.answered(),
                check == null ? null : check.took().toMillis(),
                check == null || check.answered() ? null : failure(check));
    }

    private static String failure(Check check) {
        return "%s: %s".formatted(String.valueOf(check.failure()).toLowerCase(Locale.ROOT), check.message());
    }

    private static String at(ModelConfig config, @Nullable URI endpoint) {
        if (config.provider().equals("route")) {
            ModelConfig.Route route = config.route();
            String from = route.models()
                    .map(models -> "of " + String.join(", ", models))
                    .orElse("of those with the tags "
                            + new TreeSet<>(route.tags().orElse(Set.of())));
            return "%s %s".formatted(route.prefer().name().toLowerCase(Locale.ROOT), from);
        }
        return endpoint != null
                ? ModelSettings.shown(endpoint)
                : config.path().map(Path::toString).orElse("");
    }

    private static String limits(ModelConfig.Limits limits) {
        List<String> all = new ArrayList<>();
        add(all, limits.concurrency(), "at once");
        add(all, limits.requestsPerMinute(), "requests/min");
        add(all, limits.tokensPerMinute(), "tokens/min");
        return String.join(", ", all);
    }

    private static void add(List<String> all, int limit, String what) {
        if (limit > 0) {
            all.add("%d %s".formatted(limit, what));
        }
    }

    boolean failed() {
        return Boolean.FALSE.equals(answers);
    }

    private String price() {
        return priceIn.signum() == 0 && priceOut.signum() == 0
                ? ""
                : "%s / %s".formatted(priceIn.toPlainString(), priceOut.toPlainString());
    }

    private String check() {
        return answers == null ? "" : answers ? "yes, %d ms".formatted(millis) : "no: " + failure;
    }

    static String table(List<ModelRow> rows, boolean checked) {
        List<ColumnData<ModelRow>> columns = new ArrayList<>(List.of(
                column("name").with(ModelRow::name),
                column("provider").with(ModelRow::provider),
                column("model").with(ModelRow::model),
                column("at").with(ModelRow::at),
                column("lane").with(ModelRow::lane),
                column("tags").with(row -> String.join(", ", row.tags())),
                column("price in / out").with(ModelRow::price),
                column("limits").with(ModelRow::limits),
                column("fallback").with(row -> String.join(", ", row.fallback()))));
        // what nobody has set is left out; the name, the provider and where it is always stand there
        columns.subList(4, columns.size())
                .removeIf(column -> rows.stream()
                        .allMatch(
                                row -> String.valueOf(column.getCellValue(row)).isEmpty()));
        if (checked) {
            columns.add(column("answers").maxWidth(WIDEST).with(ModelRow::check));
        }
        return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, rows, columns);
    }

    private static Column column(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }
}
