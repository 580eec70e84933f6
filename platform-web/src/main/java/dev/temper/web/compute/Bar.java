package dev.temper.web.compute;

/**
 * Devices as one bar, in hundredths of its length.
 *
 * @param own in the hands of runs, within what was promised
 * @param borrowed in the hands of runs, above what was promised
 * @param mark where something is promised up to; 0 for nowhere
 */
record Bar(double own, double borrowed, double mark) {
    static Bar of(int held, int borrowed, int mark, int whole) {
        double one = whole <= 0 ? 0 : 100.0 / whole;
        double taken = Math.min(100, held * one);
        double above = Math.min(taken, borrowed * one);
        return new Bar(round(taken - above), round(above), round(Math.min(100, mark * one)));
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
