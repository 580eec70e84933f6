package dev.temper.contract.link;

/**
 * A lease that holds.
 *
 * @param leaseMillis how long from now on
 */
public record Renewal(LeaseId lease, Directive directive, long leaseMillis) {
    public Renewal {
        LinkCheck.present("lease", lease);
        LinkCheck.present("directive", directive);
        LinkCheck.positive("leaseMillis", leaseMillis);
    }
}
