package dev.temper.web.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the layout draws around a page.
 *
 * @param viewer null where nobody is signed in
 * @param tenant the one the address names; null outside of a tenant
 * @param platform whether this is the platform admin's shell with its striped band
 * @param destinations where the command palette leads
 * @param place what ends the title: the tenant, the platform, the product
 * @param placeName what the tenant switcher says
 * @param homeHref where the product's name leads
 * @param searchHref the search of the tenant, or of everything outside of one
 * @param reads whether they may look at what the tenant has, and so at what is coming in
 * @param unread how many notices of the tenant they have not read; null where there are none to read
 * @param path where the reader is, to come back to
 */
public record Shell(
        @Nullable Viewer viewer,
        @Nullable TenantLink tenant,
        List<TenantLink> tenants,
        boolean platform,
        List<Navigation.Group> nav,
        List<Destination> destinations,
        Look look,
        String place,
        String placeName,
        String homeHref,
        String searchHref,
        boolean reads,
        @Nullable Long unread,
        String path) {}
