package dev.temper.contract.link;

/**
 * How far the platform has the story.
 *
 * @param highest the greatest number up to which it holds every event of the lease; 0 for none
 * @param lost whether the lease is over, and the run is to be killed
 */
public record EventsHeld(long highest, boolean lost) implements LinkMessage {
    public EventsHeld {
        LinkCheck.notNegative("highest", highest);
    }
}
