package dev.temper.trainer.run;

import dev.temper.trainer.data.DiskFailure;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/** The curves of a run as a picture: the loss, smoothed as LLaMA-Factory smooths it, and the loss of held-out rows. */
final class LossPlot {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 540;
    private static final int MARGIN = 60;

    private LossPlot() {}

    private record Point(double step, double value) {}

    /** Draws the curves of a log that has at least two points; else does nothing. */
    static void draw(List<JsonNode> log, Path output) {
        List<Point> loss = points(log, "loss");
        List<Point> held = points(log, "eval_loss");
        if (loss.size() > 1) {
            write(
                    List.of(
                            new Curve(loss, new Color(0x9DB8D9), "loss"),
                            new Curve(smooth(loss), new Color(0x1F5FA8), "smoothed"),
                            new Curve(held, new Color(0xC2571A), "eval loss")),
                    output.resolve("training_loss.png"));
        }
    }

    private record Curve(List<Point> points, Color color, String name) {}

    private static List<Point> points(List<JsonNode> log, String key) {
        return log.stream()
                .filter(line -> line.path(key).isNumber())
                .map(line -> new Point(
                        line.path("current_steps").asDouble(), line.path(key).asDouble()))
                .toList();
    }

    /** An exponential mean that forgets the more slowly the longer the run: weight 1.8·(σ(0.05·n) − 0.5). */
    private static List<Point> smooth(List<Point> points) {
        double weight = 1.8 * (1 / (1 + Math.exp(-0.05 * points.size())) - 0.5);
        double[] last = {points.getFirst().value()};
        return points.stream()
                .map(point -> {
                    last[0] = last[0] * weight + (1 - weight) * point.value();
                    return new Point(point.step(), last[0]);
                })
                .toList();
    }

    private static void write(List<Curve> curves, Path file) {
        List<Point> all =
                curves.stream().flatMap(curve -> curve.points().stream()).toList();
        double top = all.stream().mapToDouble(Point::value).max().orElse(1);
        double bottom = Math.min(all.stream().mapToDouble(Point::value).min().orElse(0), top - 1e-6);
        double end = all.stream().mapToDouble(Point::step).max().orElse(1);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        for (int i = 0; i <= 5; i++) {
            int y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * i / 5;
            int x = MARGIN + (WIDTH - 2 * MARGIN) * i / 5;
            graphics.setColor(new Color(0xE4E4E4));
            graphics.drawLine(MARGIN, y, WIDTH - MARGIN, y);
            graphics.setColor(Color.DARK_GRAY);
            graphics.drawString("%.3g".formatted(bottom + (top - bottom) * i / 5), 10, y + 5);
            graphics.drawString(Long.toString(Math.round(end * i / 5)), x - 8, HEIGHT - MARGIN + 20);
        }
        int legend = MARGIN + 10;
        graphics.setStroke(new BasicStroke(2));
        for (Curve curve : curves) {
            Path2D path = new Path2D.Double();
            for (Point point : curve.points()) {
                double x = MARGIN + (WIDTH - 2 * MARGIN) * point.step() / end;
                double y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (point.value() - bottom) / (top - bottom);
                if (path.getCurrentPoint() == null) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
            }
            if (!curve.points().isEmpty()) {
                graphics.setColor(curve.color());
                graphics.draw(path);
                graphics.drawString(curve.name(), legend, MARGIN - 15);
                legend += 100;
            }
        }
        graphics.dispose();
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }
}
