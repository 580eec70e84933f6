package dev.temper.contract.link;

/**
 * A worker's first words.
 *
 * @param token the one-time token a platform admin handed out; it is worth nothing afterwards
 * @param name what people call the worker, as its host name
 * @param software the worker's own version, for people
 * @param inventory what it has
 */
public record Enrolment(String token, String name, String software, Inventory inventory) implements LinkMessage {
    public Enrolment {
        LinkCheck.text("token", token, 200);
        LinkCheck.name("name", name);
        LinkCheck.text("software", software, 100);
        LinkCheck.present("inventory", inventory);
    }

    @Override
    public String toString() {
        return "Enrolment[name=" + name + "]";
    }
}
