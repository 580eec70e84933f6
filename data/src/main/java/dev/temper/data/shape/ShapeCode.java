package dev.temper.data.shape;

import java.util.Locale;
import java.util.Map;

/**
 * Why a record is no row of the shape it should have. Names in braces are facts; the place says the column where one is at
 * fault.
 */
public enum ShapeCode {
    ROW_NOT_OBJECT("This record is no object with named columns.", "Give each row names, as in {\"instruction\": …}."),
    COLUMN_MISSING("The column {column} is missing.", "Fill it, or map another column."),
    TEXT_EXPECTED("There should be text here and there is: {found}.", "Write it in quotation marks, as text."),
    TEXT_EMPTY("There is nothing in {column}.", "Fill it, or leave the row out."),
    LIST_EXPECTED("There should be a list here and there is: {found}.", "Write the turns as a list."),
    TURN_BROKEN("Turn {turn} lacks who speaks or what is said.", "Give each turn both."),
    ROLE_UNKNOWN("Nobody here is called {role}.", "Use system, user, assistant or tool."),
    CONTENT_UNSUPPORTED("Turn {turn} holds something other than text: {found}.", "Only text can be trained on."),
    TOOL_CALL_BROKEN(
            "Turn {turn} should call a tool and is not the JSON of a call.", "Write name and arguments as JSON."),
    SYSTEM_MISPLACED("A system's turn stands at {turn}; it belongs first.", "Move it to the beginning."),
    ANSWER_MISSING("No answer ends this conversation.", "End it with the assistant's turn."),
    QUESTION_MISSING("Nothing is asked before the answer.", "Add the user's turn."),
    LABEL_UNKNOWN("{found} is neither wanted nor unwanted.", "Use true or false."),
    WEIGHT_INVALID("{found} is no weight.", "Use a number of 0 or more."),
    OPTION_UNKNOWN("The answer {answer} is none of the options {options}.", "Correct the answer or the options."),
    TEXT_OUTSIDE("This text belongs to no question.", "Number each question, as in “1. …”."),
    ROW_BROKEN("This row is not as our own export writes it: {reason}", "Export it again.");

    private final String message;
    private final String remedy;

    ShapeCode(String message, String remedy) {
        this.message = message;
        this.remedy = remedy;
    }

    /** The stable code, as in {@code answer_missing}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is wrong, in English, with the facts filled in. */
    public String message(Map<String, ?> facts) {
        String text = message;
        for (Map.Entry<String, ?> fact : facts.entrySet()) {
            text = text.replace("{" + fact.getKey() + "}", String.valueOf(fact.getValue()));
        }
        return text;
    }

    public String remedy() {
        return remedy;
    }
}
