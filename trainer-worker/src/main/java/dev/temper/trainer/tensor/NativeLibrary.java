package dev.temper.trainer.tensor;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import dev.temper.contract.CodedException;

/** libtorch, loaded once for the process. */
final class NativeLibrary {
    private static final String CUDA_VERSION = "2.7.1";

    private NativeLibrary() {}

    /** Loads it where it is not, and says what is missing where it cannot be. */
    static Engine load() {
        // The natives are on the class path: nothing is ever to be fetched.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        try {
            return Engine.getEngine("PyTorch");
        } catch (RuntimeException | LinkageError failure) {
            throw CodedException.user(
                            "native_library_missing",
                            "PyTorch's native library could not be loaded: " + failure.getMessage(),
                            "Check that this machine is Linux on x86-64 with glibc 2.28 or newer, that the home folder"
                                    + " can be written, and that PYTORCH_LIBRARY_PATH, if set, names a PyTorch "
                                    + CUDA_VERSION + ".")
                    .because(failure);
        }
    }

    /** Cards the loaded library can use; 0 where it was built without CUDA. */
    static int cards() {
        Engine engine = load();
        return JniUtils.getFeatures().contains("CUDA") ? engine.getGpuCount() : 0;
    }

    /** Refuses a device this machine does not have. */
    static void require(Device device) {
        Engine engine = load();
        if (!device.isCuda()) {
            return;
        }
        if (!JniUtils.getFeatures().contains("CUDA")) {
            throw CodedException.user(
                    "cuda_library_missing",
                    "Device " + device + " was asked for, but the PyTorch library loaded here is the CPU's.",
                    """
                    Install PyTorch %1$s for CUDA 12.8 and start again with PYTORCH_LIBRARY_PATH=<its lib folder> \
                    PYTORCH_VERSION=%1$s PYTORCH_FLAVOR=cu128, or use device cpu.""".formatted(CUDA_VERSION));
        }
        int cards = engine.getGpuCount();
        if (device.index() >= cards) {
            throw CodedException.user(
                    "device_missing",
                    "Device " + device + " was asked for, but this machine has " + cards + " CUDA devices.",
                    "Give a lower number, or cpu; check the driver and CUDA_VISIBLE_DEVICES if there should be more.");
        }
    }
}
