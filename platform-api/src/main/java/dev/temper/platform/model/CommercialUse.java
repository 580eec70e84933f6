package dev.temper.platform.model;

/** Whether a licence lets a model, and what is made of it, be used for business. */
public enum CommercialUse {
    YES,
    CONDITIONS,
    NO,
    UNKNOWN
}
