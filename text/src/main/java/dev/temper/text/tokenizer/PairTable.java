package dev.temper.text.tokenizer;

import java.util.Arrays;

/** Which two tokens are joined to which third, and how early: a hash table without objects. */
final class PairTable {
    private static final long NONE = -1;

    private final long[] pairs;
    private final int[] ranks;
    private final int[] joined;
    private final int mask;

    PairTable(int count) {
        int size = Integer.highestOneBit(Math.max(8, count)) * 4;
        this.pairs = new long[size];
        this.ranks = new int[size];
        this.joined = new int[size];
        this.mask = size - 1;
        Arrays.fill(pairs, NONE);
    }

    /** The first to come stays. */
    void put(int left, int right, int rank, int id) {
        long pair = pair(left, right);
        int slot = slot(pair);
        while (pairs[slot] != NONE) {
            if (pairs[slot] == pair) {
                return;
            }
            slot = (slot + 1) & mask;
        }
        pairs[slot] = pair;
        ranks[slot] = rank;
        joined[slot] = id;
    }

    /** The place of a pair; -1 where it is not joined. */
    int find(int left, int right) {
        long pair = pair(left, right);
        int slot = slot(pair);
        while (pairs[slot] != pair) {
            if (pairs[slot] == NONE) {
                return -1;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    int rank(int slot) {
        return ranks[slot];
    }

    int joined(int slot) {
        return joined[slot];
    }

    private static long pair(int left, int right) {
        return ((long) left << 32) | right;
    }

    private int slot(long pair) {
        long mixed = pair * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }
}
