package dev.temper.model;

/**
 * Rotary position embedding: the base of the angles and how they are stretched for contexts longer than trained. The
 * two halves of a head are rotated against each other, as Hugging Face does.
 *
 * @param originalPositions the context the model was trained with; only {@link Scaling#LLAMA3} and
 *     {@link Scaling#DYNAMIC} use it
 */
public record Rope(
        Scaling scaling,
        double theta,
        double factor,
        double lowFrequencyFactor,
        double highFrequencyFactor,
        int originalPositions) {
    /** How the angles are stretched. */
    public enum Scaling {
        DEFAULT,
        /** Every position is divided by the factor. */
        LINEAR,
        /** The base grows once a sequence is longer than the model was trained for (NTK-aware). */
        DYNAMIC,
        /** Llama 3.1: slow angles are divided, fast ones kept, those between interpolated. */
        LLAMA3
    }

    public static Rope plain(double theta) {
        return new Rope(Scaling.DEFAULT, theta, 1, 1, 1, 0);
    }

    /**
     * Angle per position of each pair, [headDim/2]; the angle of pair i at position p is {@code p * result[i]}.
     *
     * @param sequenceLength the longest sequence to come; only {@link Scaling#DYNAMIC} looks at it
     */
    public float[] inverseFrequencies(int headDim, int sequenceLength) {
        float[] frequencies = new float[headDim / 2];
        double base = base(headDim, sequenceLength);
        for (int i = 0; i < frequencies.length; i++) {
            double plain = 1 / Math.pow(base, 2.0 * i / headDim);
            frequencies[i] = (float)
                    switch (scaling) {
                        case DEFAULT, DYNAMIC -> plain;
                        case LINEAR -> plain / factor;
                        case LLAMA3 -> plain / slowdown(plain);
                    };
        }
        return frequencies;
    }

    private double base(int headDim, int sequenceLength) {
        if (scaling != Scaling.DYNAMIC || sequenceLength <= originalPositions) {
            return theta;
        }
        double stretch = factor * sequenceLength / originalPositions - (factor - 1);
        return theta * Math.pow(stretch, headDim / (headDim - 2.0));
    }

    /** What llama3 scaling divides an angle by: 1 where it turns fast, the factor where it turns slowly. */
    public double slowdown(double frequency) {
        double wavelength = 2 * Math.PI / frequency;
        if (wavelength < originalPositions / highFrequencyFactor) {
            return 1;
        }
        if (wavelength > originalPositions / lowFrequencyFactor) {
            return factor;
        }
        double kept =
                (originalPositions / wavelength - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
        return 1 / ((1 - kept) / factor + kept);
    }
}
