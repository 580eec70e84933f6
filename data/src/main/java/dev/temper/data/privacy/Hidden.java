package dev.temper.data.privacy;

/** What happens to something found. */
enum Hidden {
    /** It is counted and stays. */
    REPORT,
    /** The name of its kind stands in its place. */
    MASK,
    /** Something of the same form stands in its place, the same for the same value. */
    PSEUDONYMISE,
    /** The row is left out. */
    LEAVE_OUT
}
