package dev.temper.benchmarks.trainer;

import java.util.Locale;

/** What is trained. */
enum Method {
    LORA("lora", "{\"type\": \"lora\", \"rank\": 8, \"alpha\": 16, \"target\": [\"all\"]}", 1e-4),
    FULL("full", "{\"type\": \"full\"}", 1e-5),
    PARTIAL("freeze", "{\"type\": \"partial\", \"freezeTrainableLayers\": 10}", 5e-5),
    PARTIAL_CACHED(
            "freeze", "{\"type\": \"partial\", \"freezeTrainableLayers\": 10, \"cacheFrozenPrefix\": true}", 5e-5);

    private final String llamaFactoryName;
    private final String spec;
    private final double learningRate;

    Method(String llamaFactoryName, String spec, double learningRate) {
        this.llamaFactoryName = llamaFactoryName;
        this.spec = spec;
        this.learningRate = learningRate;
    }

    String llamaFactoryName() {
        return llamaFactoryName;
    }

    String spec() {
        return spec;
    }

    double learningRate() {
        return learningRate;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
