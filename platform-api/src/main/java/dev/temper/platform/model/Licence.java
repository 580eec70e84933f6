package dev.temper.platform.model;

/**
 * What a model may be used for.
 *
 * @param name an SPDX identifier such as {@code Apache-2.0}, or what its maker calls it; empty: not known
 * @param url where it stands; may be empty
 * @param text its wording; may be empty
 * @param gated whether a tenant's admin has to accept it before a task may use the model
 */
public record Licence(String name, String url, String text, CommercialUse commercialUse, boolean gated) {
    /** Nothing is known of it. */
    public static final Licence UNKNOWN = new Licence("", "", "", CommercialUse.UNKNOWN, false);
}
