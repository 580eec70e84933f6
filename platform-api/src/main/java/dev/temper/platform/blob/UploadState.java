package dev.temper.platform.blob;

/** How far an upload is. */
public enum UploadState {
    /** Parts may come. */
    OPEN,
    /** The parts are being made one; finishing again goes on where that was broken off. */
    FINISHING,
    /** It is a blob. */
    FINISHED
}
