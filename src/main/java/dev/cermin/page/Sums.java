package dev.cermin.page;

import io.quarkus.qute.TemplateExtension;
import java.util.Map;

/** Sums and shares in templates: {@code statistics:share(…)}, {@code tokens:sum(…)}. */
final class Sums {
    private Sums() {}

    @TemplateExtension(namespace = "tokens")
    static String sum(long read, long written) {
        return Shown.grouped(read + written);
    }

    /** A dash of nothing. */
    @TemplateExtension(namespace = "statistics")
    static String share(long part, long whole) {
        return whole == 0 ? "\u2013" : Shown.percent((double) part / whole);
    }

    @TemplateExtension(namespace = "statistics")
    static String each(long read, long written, long loops) {
        return Shown.grouped(loops == 0 ? 0 : Math.round((double) (read + written) / loops));
    }

    /** The address of the traces that a line counts. */
    @TemplateExtension(namespace = "statistics")
    static String search(String filter, String name) {
        return Addresses.of("/traces", name.equals("running") ? Map.of("unfinished", "true") : Map.of(filter, name))
                .toString();
    }
}
