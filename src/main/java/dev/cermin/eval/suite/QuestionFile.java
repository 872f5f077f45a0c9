package dev.cermin.eval.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** MMLU's files: CSV without a header, a question, four choices and the right letter in each row. */
final class QuestionFile {
    private static final ObjectReader READER =
            new CsvMapper().readerForListOf(String.class).with(CsvParser.Feature.WRAP_AS_ARRAY);
    private static final List<String> COLUMNS = List.of("question", "A", "B", "C", "D", "letter");

    private QuestionFile() {}

    /** What is wrong is added to the faults, and left out. */
    static List<Question> read(Path file, Faults faults) {
        List<Question> questions = new ArrayList<>();
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            faults.add(file, 0, "", "is not UTF-8");
            return questions;
        } catch (IOException e) {
            faults.add(file, 0, "", "can't be read: " + e);
            return questions;
        }
        int number = 0;
        // the parser's own count leaves out line ends within quotes
        int line = 1;
        try (MappingIterator<List<String>> rows = READER.readValues(text)) {
            while (rows.hasNextValue()) {
                List<String> row = rows.nextValue();
                if (row.size() > 1 || !row.getFirst().isBlank()) {
                    number++;
                    add(row, number, file, line, faults, questions);
                }
                line += 1 + row.stream().mapToInt(QuestionFile::lineEnds).sum();
            }
        } catch (JsonProcessingException e) {
            faults.add(file, line, "", "is no CSV: " + e.getOriginalMessage());
        } catch (IOException e) {
            faults.add(file, line, "", "can't be read: " + e);
        }
        if (text.isBlank()) {
            faults.add(file, 0, "", "is empty; rows of question,A,B,C,D,letter are expected");
        }
        return questions;
    }

    private static int lineEnds(String text) {
        return (int) text.chars().filter(character -> character == '\n').count();
    }

    private static void add(
            List<String> row, int number, Path file, int line, Faults faults, List<Question> questions) {
        if (row.size() != COLUMNS.size()) {
            faults.add(
                    file,
                    line,
                    "",
                    "6 columns are expected (%s), not %d".formatted(String.join(",", COLUMNS), row.size()));
            return;
        }
        int before = faults.count();
        for (int i = 0; i < row.size() - 1; i++) {
            if (row.get(i).isBlank()) {
                faults.add(file, line, COLUMNS.get(i), "is blank; a text is expected");
            }
        }
        String letter = row.getLast().strip();
        if (letter.length() != 1 || MultipleChoice.LETTERS.indexOf(letter) < 0) {
            faults.add(file, line, "letter", "A, B, C or D is expected, not '%s'".formatted(letter));
        }
        if (faults.count() == before) {
            questions.add(new Question(number, row.getFirst(), List.copyOf(row.subList(1, 5)), letter.charAt(0)));
        }
    }
}
