package dev.temper.text;

/** Who speaks. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
}
