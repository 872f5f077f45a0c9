package dev.cermin.audit;

import java.util.ArrayList;
import java.util.List;

/** Signed notes one after the other, with an empty line between them, as a file of checkpoints has them. */
public final class NoteReader {
    private static final String DASH = "— ";

    private NoteReader() {}

    /**
     * The notes, and how many of the pieces are none, such as one whose writing was cut off.
     *
     * @param torn what was passed over
     */
    public record Notes(List<SignedNote> notes, int torn) {}

    /** @param text whose last line counts only where it ends */
    public static Notes read(String text) {
        List<SignedNote> notes = new ArrayList<>();
        int torn = 0;
        StringBuilder body = new StringBuilder();
        for (String block : text.substring(0, text.lastIndexOf('\n') + 1).split("\n\n")) {
            String lines = block.strip();
            if (lines.isEmpty()) {
                continue;
            }
            if (!lines.startsWith(DASH)) {
                torn += body.isEmpty() ? 0 : 1;
                body.setLength(0);
                body.append(lines);
                continue;
            }
            try {
                SignedNote note = SignedNote.of(body + "\n\n" + lines + "\n");
                Checkpoint.of(note.text());
                notes.add(note);
            } catch (IllegalArgumentException e) {
                torn++;
            }
            body.setLength(0);
        }
        return new Notes(notes, body.isEmpty() ? torn : torn + 1);
    }
}
