package dev.temper.trainer.method;

import dev.temper.contract.CodedException;
import dev.temper.contract.MethodSpec;
import dev.temper.trainer.model.Decoder;
import java.util.List;
import java.util.ServiceLoader;

/** All methods there are. */
public final class Methods {
    private Methods() {}

    /** Attaches the method these settings belong to. */
    public static void attach(Decoder decoder, MethodSpec settings, long seed) {
        for (Method<?> method : all()) {
            if (attached(method, decoder, settings, seed)) {
                return;
            }
        }
        throw CodedException.user(
                "method_unknown",
                "No method for " + settings.getClass().getSimpleName() + " is installed.",
                "Use full, lora, partial or ia3.");
    }

    private static <S extends MethodSpec> boolean attached(
            Method<S> method, Decoder decoder, MethodSpec settings, long seed) {
        if (!method.settings().isInstance(settings)) {
            return false;
        }
        method.attach(decoder, method.settings().cast(settings), seed);
        return true;
    }

    static List<Method<?>> all() {
        return ServiceLoader.load(Method.class).stream()
                .<Method<?>>map(ServiceLoader.Provider::get)
                .toList();
    }
}
