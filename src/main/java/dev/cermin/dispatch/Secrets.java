package dev.cermin.dispatch;

import dev.cermin.model.Failure;
import dev.cermin.model.ProviderException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Takes out what no message may show: some endpoints repeat the key that they refuse. */
record Secrets(List<String> texts) {
    private static final int SHORTEST = 4;

    static Secrets of(Collection<String> texts) {
        return new Secrets(texts.stream()
                .filter(text -> text.length() >= SHORTEST)
                // one may begin with another, whose rest would else be left
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    String hidden(String message) {
        String clean = message;
        for (String text : texts) {
            clean = clean.replace(text, "***");
        }
        return clean;
    }

    /** The same failure; where it or one behind it shows a secret, another with the first message alone. */
    RuntimeException hidden(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && !hidden(message).equals(message)) {
                return new ProviderException(hidden(Words.whole(thrown)), Failure.of(thrown), null);
            }
        }
        return thrown;
    }
}
