package dev.temper.platform.blob;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest implements BlobStoreContract {
    @TempDir
    private Path folder;

    @Override
    public BlobStore store() {
        return new FolderStore(folder);
    }
}
