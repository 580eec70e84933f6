package dev.temper.trainer.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Where a tensor's numbers lie. DJL's own view is a ByteBuffer and so ends at 2 GiB, less than the embedding of a large
 * vocabulary; libtorch's C interface has no such bound.
 */
@SuppressWarnings("restricted") // Reading native memory is what this is for; the launcher enables it.
final class NativeMemory {
    private static final MethodHandle DATA_POINTER = Linker.nativeLinker()
            .downcallHandle(
                    SymbolLookup.loaderLookup().findOrThrow("aoti_torch_get_data_ptr"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));

    private NativeMemory() {}

    /** The memory of the tensor with that handle, as long as it lives. */
    static MemorySegment of(long tensorHandle, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
            int status = (int) DATA_POINTER.invokeExact(tensorHandle, result);
            if (status != 0) {
                throw new IllegalStateException("libtorch gave no data pointer");
            }
            return result.get(ValueLayout.ADDRESS, 0).reinterpret(bytes);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
