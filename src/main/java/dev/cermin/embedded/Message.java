package dev.cermin.embedded;

import java.util.Arrays;
import java.util.Optional;

/** What the child tells its parent: a line of a kind and a detail. */
enum Message {
    /** Detail: a sentence for the user. */
    PROGRESS,
    /** Detail: port and milliseconds. */
    POSTGRES,
    /** Detail: port and milliseconds, with the topics. */
    KAFKA,
    /** All that was asked for has started. */
    READY,
    /** Detail: the pid of the application that uses the home. */
    HOME_IN_USE,
    /** Detail: port and purpose. */
    PORT_IN_USE,
    /** Detail: the reason. */
    FAILED;

    String line(String detail) {
        return name() + "\t" + detail.replace("\\", "\\\\").replace("\r", "").replace("\n", "\\n");
    }

    /** The kind and the detail of a line; empty for a line that is not of this protocol. */
    static Optional<Received> parse(String line) {
        int tab = line.indexOf('\t');
        return Arrays.stream(values())
                .filter(message -> tab > 0 && message.name().equals(line.substring(0, tab)))
                .findFirst()
                .map(message -> new Received(message, unescape(line.substring(tab + 1))));
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                c = text.charAt(i) == 'n' ? '\n' : text.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }

    record Received(Message message, String detail) {
        int number() {
            return Integer.parseInt(detail.split(" ", 2)[0]);
        }

        String rest() {
            return detail.split(" ", 2)[1];
        }
    }
}
