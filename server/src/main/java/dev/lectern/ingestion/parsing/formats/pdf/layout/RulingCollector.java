package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the straight lines and filled rectangles of a page, which may be the lines of a table. */
final class RulingCollector {
    /** A drawing with more lines is no table. */
    private static final int MAX_LINES = 6_000;

    private static final int MAX_SHADES = 2_000;
    private static final float THIN = 3;
    private static final float STRAIGHT = 0.8f;
    private static final float SHORTEST = 4;
    /** Lines this near to each other are one line. */
    private static final float NEAR = 2;

    private static final float JOIN = 3;

    private final List<float[]> segments = new ArrayList<>();
    private final List<float[]> rectangles = new ArrayList<>();
    private final List<float[]> path = new ArrayList<>();
    private final List<float[]> pathRectangles = new ArrayList<>();
    private Point2D.Float start = new Point2D.Float();
    private Point2D.Float current = new Point2D.Float();

    private final float originX;
    private final float originY;

    /** @param originX of the lower left corner of the page, in its own coordinates */
    RulingCollector(float originX, float originY) {
        this.originX = originX;
        this.originY = originY;
    }

    void moveTo(Point2D.Float point) {
        start = point;
        current = point;
    }

    void lineTo(Point2D.Float point) {
        if (path.size() < MAX_LINES) {
            path.add(new float[] {current.x, current.y, point.x, point.y});
        }
        current = point;
    }

    void curveTo(Point2D.Float point) {
        current = point;
    }

    void close() {
        lineTo(start);
    }

    /** The corners are opposite ones. */
    void rectangle(Point2D.Float one, Point2D.Float other) {
        if (pathRectangles.size() < MAX_LINES) {
            pathRectangles.add(new float[] {
                Math.min(one.x, other.x), Math.min(one.y, other.y), Math.max(one.x, other.x), Math.max(one.y, other.y)
            });
        }
        moveTo(one);
    }

    void stroke(boolean alsoFill) {
        addSegments(path);
        for (float[] box : pathRectangles) {
            addEdges(box);
            if (alsoFill) {
                addShade(box);
            }
        }
        clear();
    }

    void fill() {
        float[] bounds = bounds(path);
        if (bounds != null) {
            addFilled(bounds);
        }
        pathRectangles.forEach(this::addFilled);
        clear();
    }

    void clear() {
        path.clear();
        pathRectangles.clear();
    }

    private void addFilled(float[] box) {
        float width = box[2] - box[0];
        float height = box[3] - box[1];
        if (height <= THIN && width > SHORTEST) {
            addSegment(box[0], (box[1] + box[3]) / 2, box[2], (box[1] + box[3]) / 2);
        } else if (width <= THIN && height > SHORTEST) {
            addSegment((box[0] + box[2]) / 2, box[1], (box[0] + box[2]) / 2, box[3]);
        } else {
            addShade(box);
        }
    }

    private void addShade(float[] box) {
        if (rectangles.size() < MAX_SHADES && box[2] - box[0] > THIN && box[3] - box[1] > THIN) {
            rectangles.add(box);
        }
    }

    private static float @Nullable [] bounds(List<float[]> path) {
        if (path.isEmpty() || path.size() > 8) {
            return null;
        }
        float[] box = {Float.MAX_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
        for (float[] line : path) {
            boolean straight = Math.abs(line[0] - line[2]) < STRAIGHT || Math.abs(line[1] - line[3]) < STRAIGHT;
            if (!straight) {
                return null;
            }
            box[0] = Math.min(box[0], Math.min(line[0], line[2]));
            box[1] = Math.min(box[1], Math.min(line[1], line[3]));
            box[2] = Math.max(box[2], Math.max(line[0], line[2]));
            box[3] = Math.max(box[3], Math.max(line[1], line[3]));
        }
        return box;
    }

    private void addSegments(List<float[]> lines) {
        lines.forEach(line -> addSegment(line[0], line[1], line[2], line[3]));
    }

    private void addEdges(float[] box) {
        if (box[3] - box[1] <= THIN || box[2] - box[0] <= THIN) {
            addFilled(box);
            return;
        }
        addSegment(box[0], box[1], box[2], box[1]);
        addSegment(box[0], box[3], box[2], box[3]);
        addSegment(box[0], box[1], box[0], box[3]);
        addSegment(box[2], box[1], box[2], box[3]);
    }

    private void addSegment(float x1, float y1, float x2, float y2) {
        boolean straight = Math.abs(x1 - x2) < STRAIGHT || Math.abs(y1 - y2) < STRAIGHT;
        if (straight && Math.abs(x1 - x2) + Math.abs(y1 - y2) >= 1 && segments.size() < MAX_LINES) {
            segments.add(new float[] {x1, y1, x2, y2});
        }
    }

    /** The lines as they are in a frame; pieces of one line are joined. None where there are too many for a table. */
    List<Ruling> rulings(PageFrame frame) {
        if (segments.size() >= MAX_LINES) {
            return List.of();
        }
        List<Ruling> all = new ArrayList<>();
        for (float[] line : segments) {
            float x1 = frame.xOf(line[0] - originX, line[1] - originY);
            float y1 = frame.yOf(line[0] - originX, line[1] - originY);
            float x2 = frame.xOf(line[2] - originX, line[3] - originY);
            float y2 = frame.yOf(line[2] - originX, line[3] - originY);
            boolean horizontal = Math.abs(y1 - y2) <= Math.abs(x1 - x2);
            all.add(
                    horizontal
                            ? new Ruling(true, (y1 + y2) / 2, Math.min(x1, x2), Math.max(x1, x2))
                            : new Ruling(false, (x1 + x2) / 2, Math.min(y1, y2), Math.max(y1, y2)));
        }
        List<Ruling> joined = new ArrayList<>(joined(all, true));
        joined.addAll(joined(all, false));
        return List.copyOf(joined);
    }

    private static List<Ruling> joined(List<Ruling> all, boolean horizontal) {
        List<Ruling> sorted = all.stream()
                .filter(ruling -> ruling.horizontal() == horizontal)
                .sorted(Comparator.comparingDouble(Ruling::at))
                .toList();
        List<Ruling> result = new ArrayList<>();
        int from = 0;
        while (from < sorted.size()) {
            int to = from + 1;
            while (to < sorted.size() && sorted.get(to).at() - sorted.get(from).at() <= NEAR) {
                to++;
            }
            addJoined(sorted.subList(from, to), result);
            from = to;
        }
        return result;
    }

    private static void addJoined(List<Ruling> collinear, List<Ruling> result) {
        List<Ruling> sorted = new ArrayList<>(collinear);
        sorted.sort(Comparator.comparingDouble(Ruling::from));
        Ruling last = null;
        for (Ruling ruling : sorted) {
            if (last != null && ruling.from() <= last.to() + JOIN) {
                last = new Ruling(last.horizontal(), last.at(), last.from(), Math.max(last.to(), ruling.to()));
            } else {
                addLong(last, result);
                last = ruling;
            }
        }
        addLong(last, result);
    }

    private static void addLong(@Nullable Ruling ruling, List<Ruling> result) {
        if (ruling != null && ruling.length() >= SHORTEST) {
            result.add(ruling);
        }
    }

    List<Shade> shades(PageFrame frame) {
        List<Shade> shades = new ArrayList<>();
        for (float[] box : rectangles) {
            float x1 = frame.xOf(box[0] - originX, box[1] - originY);
            float y1 = frame.yOf(box[0] - originX, box[1] - originY);
            float x2 = frame.xOf(box[2] - originX, box[3] - originY);
            float y2 = frame.yOf(box[2] - originX, box[3] - originY);
            shades.add(new Shade(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)));
        }
        return List.copyOf(shades);
    }
}
