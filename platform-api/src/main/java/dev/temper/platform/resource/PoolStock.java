package dev.temper.platform.resource;

/**
 * What the machines of a pool come to.
 *
 * @param devices those that are there, well or not
 * @param usable those that may be given to somebody: well, on a node that is online and takes runs
 * @param held those in the hands of runs
 * @param free those that a run could have now
 * @param guaranteed what the tenants are promised together
 */
public record PoolStock(int nodes, int devices, int usable, int held, int free, int guaranteed) {
    public static final PoolStock EMPTY = new PoolStock(0, 0, 0, 0, 0, 0);
}
