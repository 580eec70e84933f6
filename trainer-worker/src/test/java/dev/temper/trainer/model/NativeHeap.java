package dev.temper.trainer.model;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** What the C library has handed out and not got back; unlike resident memory it knows no fragments and no Java heap. */
@SuppressWarnings("restricted")
final class NativeHeap {
    /** glibc's struct mallinfo2: ten numbers, of which two are bytes in use. */
    private static final StructLayout MALLINFO =
            MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG));

    private static final int MAPPED = 4;
    private static final int IN_ARENAS = 7;

    private NativeHeap() {}

    static long bytesInUse() {
        System.gc();
        Linker linker = Linker.nativeLinker();
        MethodHandle mallinfo =
                linker.downcallHandle(linker.defaultLookup().findOrThrow("mallinfo2"), FunctionDescriptor.of(MALLINFO));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = (MemorySegment) mallinfo.invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED) + info.getAtIndex(ValueLayout.JAVA_LONG, IN_ARENAS);
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
