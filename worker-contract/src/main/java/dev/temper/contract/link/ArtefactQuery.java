package dev.temper.contract.link;

import java.util.List;

/**
 * Asks which of these contents the platform lacks; only those are sent.
 *
 * @param fence of the lease they belong to
 */
public record ArtefactQuery(long fence, List<FileRef> files) implements LinkMessage {
    public ArtefactQuery {
        LinkCheck.positive("fence", fence);
        files = LinkCheck.list("files", files, LinkCheck.MAX_LIST);
    }
}
