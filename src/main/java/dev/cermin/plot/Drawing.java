package dev.cermin.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * A plot as shapes, which the template {@code plot.html} writes as SVG. Colours and fonts are the style sheet's, by the
 * shapes' classes, so that they follow the reader's scheme. For one thread.
 */
public final class Drawing {
    /** All plots are as wide, and readable at half of it. */
    public static final int WIDTH = 440;

    private final String title;
    private final String description;
    private final int height;
    private final List<Shape> shapes = new ArrayList<>();

    /**
     * One shape.
     *
     * @param kind line, rect, circle or text
     * @param style class in the style sheet
     * @param x left, or the centre, in units of the drawing
     * @param y top, or the centre or a text's base line
     * @param x2 a line's end, a rectangle's width or a circle's radius
     * @param y2 a line's end or a rectangle's height
     * @param text of a text, or what is told of another shape; may be empty
     */
    public record Shape(String kind, String style, double x, double y, double x2, double y2, String text) {}

    /**
     * An empty one.
     *
     * @param title over it
     * @param description the same in words, for those who can't see it
     * @param height in units of the drawing
     */
    public Drawing(String title, String description, int height) {
        this.title = title;
        this.description = description;
        this.height = height;
    }

    public String title() {
        return title;
    }

    /** The same in words, for those who can't see it. */
    public String description() {
        return description;
    }

    public int width() {
        return WIDTH;
    }

    public int height() {
        return height;
    }

    public List<Shape> shapes() {
        return List.copyOf(shapes);
    }

    public Drawing line(String style, double x, double y, double x2, double y2) {
        return add("line", style, x, y, x2, y2, "");
    }

    /** Nothing where it has no width. */
    public Drawing rect(String style, double x, double y, double width, double height, String tells) {
        return width <= 0 ? this : add("rect", style, x, y, width, height, tells);
    }

    public Drawing circle(String style, double x, double y, double radius, String tells) {
        return add("circle", style, x, y, radius, 0, tells);
    }

    public Drawing text(String style, double x, double y, String text) {
        return add("text", style, x, y, 0, 0, text);
    }

    private Drawing add(String kind, String style, double x, double y, double x2, double y2, String text) {
        shapes.add(new Shape(kind, style, tenth(x), tenth(y), tenth(x2), tenth(y2), text));
        return this;
    }

    private static double tenth(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
