package dev.cermin.tagged;

import java.util.List;

/**
 * A response read by its tags. Texts are stripped of white space at both ends.
 *
 * @param thinking what stands in {@code <thinking>}, its reflections and their tags included; several are apart by a
 *     blank line; empty where there is none
 * @param reflections what stands in {@code <reflection>}, inside the thinking or not, in order
 * @param output the answer: the first {@code <output>} outside the other tags and outside code, up to its end or the
 *     response's; where there is none, one inside the other tags, the last that is closed before the last that isn't;
 *     where there is none either, the whole response
 * @param outputs all outputs that stand for themselves, in order: not the whole response, and one inside another tag
 *     only if the response ends with it
 * @param problems where the response leaves the format, in sentences; empty where it keeps to it
 */
public record Tagged(
        String thinking, List<String> reflections, String output, List<String> outputs, List<String> problems) {
    public Tagged {
        reflections = List.copyOf(reflections);
        outputs = List.copyOf(outputs);
        problems = List.copyOf(problems);
    }

    /** Reads a whole response; any text can be read. */
    public static Tagged parse(String response) {
        Tagged glance = WellFormed.read(response);
        if (glance != null) {
            return glance;
        }
        TagParser parser = new TagParser(part -> {});
        parser.accept(response);
        return parser.end();
    }

    Tagged with(List<String> found) {
        return new Tagged(thinking, reflections, output, outputs, found);
    }
}
