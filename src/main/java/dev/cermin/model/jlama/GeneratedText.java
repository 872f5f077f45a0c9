package dev.cermin.model.jlama;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of one answer as it grows, cut at the first stop sequence. */
final class GeneratedText {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> stops;
    private int tokens;
    private int cut = -1;

    GeneratedText(List<String> stops) {
        this.stops = stops;
    }

    /** Adds a token's bytes, and tells whether a stop sequence is complete. */
    boolean add(byte[] token) {
        tokens++;
        bytes.writeBytes(token);
        if (stops.isEmpty()) {
            return false;
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        for (String stop : stops) {
            int at = text.indexOf(stop);
            if (at >= 0 && (cut < 0 || at < cut)) {
                cut = at;
            }
        }
        return cut >= 0;
    }

    int tokens() {
        return tokens;
    }

    String text() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        return cut < 0 ? text : text.substring(0, cut);
    }
}
