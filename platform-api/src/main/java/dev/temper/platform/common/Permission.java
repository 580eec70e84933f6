package dev.temper.platform.common;

/** What a caller may do; which role and which key scope gives what is in {@code tenant.Role} and {@code tenant.Scope}. */
public enum Permission {
    /** See the tenant's work. */
    READ,
    /** Change it: datasets, tasks, models, deployments. */
    WRITE,
    /** Judge and label in annotation queues. */
    ANNOTATE,
    /** Read the tenant's audit log. */
    READ_AUDIT,
    /** Invite, re-role and remove people below admin; see and revoke everyone's keys; change the tenant's settings. */
    MANAGE_TENANT,
    /** Make and unmake admins and owners, and close the tenant. */
    OWN_TENANT,
    /** Manage tenants, nodes, pools and quotas of the whole platform; gives no sight of a tenant's data. */
    MANAGE_PLATFORM
}
