package dev.temper.web.browser;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Pictures of pages with 64 colours: these have few, and as a palette they take a third of the room. */
final class Palette {
    private static final int COLOURS = 64;
    private static final int BITS = 8;

    private final List<Integer> colours;
    private final Map<Integer, Integer> nearest = new HashMap<>();

    private Palette(List<Integer> colours) {
        this.colours = colours;
    }

    /** A PNG as one with a palette of what it has most of. */
    static byte[] reduce(byte[] png) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        Map<Integer, Integer> often = new HashMap<>();
        for (int pixel : pixels) {
            often.merge(pixel, 1, Integer::sum);
        }
        List<Integer> most = often.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .limit(COLOURS)
                .map(Map.Entry::getKey)
                .toList();
        return new Palette(most).written(picture.getWidth(), picture.getHeight(), pixels);
    }

    private byte[] written(int width, int height, int[] pixels) throws IOException {
        BufferedImage reduced = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model());
        for (int i = 0; i < pixels.length; i++) {
            reduced.getRaster().setSample(i % width, i / width, 0, nearest.computeIfAbsent(pixels[i], this::index));
        }
        var out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam smallest = writer.getDefaultWriteParam();
            smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            smallest.setCompressionQuality(0);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(reduced, null, null), smallest);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private IndexColorModel model() {
        int[] packed = colours.stream().mapToInt(Integer::intValue).toArray();
        return new IndexColorModel(BITS, packed.length, packed, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    private int index(int pixel) {
        return IntStream.range(0, colours.size())
                .boxed()
                .min((one, other) -> Integer.compare(apart(colours.get(one), pixel), apart(colours.get(other), pixel)))
                .orElseThrow();
    }

    private static int apart(int one, int other) {
        return IntStream.of(0, 8, 16)
                .map(shift -> (one >> shift & 0xff) - (other >> shift & 0xff))
                .map(difference -> difference * difference)
                .sum();
    }
}
