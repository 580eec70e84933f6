package dev.temper.contract.link;

/**
 * What a worker has now; sent at each start and whenever it changes.
 *
 * @param software the worker's own version, for people
 * @param inventory replaces what was reported before
 */
public record InventoryReport(String software, Inventory inventory) implements LinkMessage {
    public InventoryReport {
        LinkCheck.text("software", software, 100);
        LinkCheck.present("inventory", inventory);
    }
}
