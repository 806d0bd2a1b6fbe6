// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A page has few colours but a browser writes all of them in full: with a table of the 256 most frequent ones it is a third as long. */
final class Picture {

    private static final int COLOURS = 256;

    private Picture() {}

    static byte[] small(byte[] png) throws IOException {
        var full = ImageIO.read(new ByteArrayInputStream(png));
        var pixels = full.getRGB(0, 0, full.getWidth(), full.getHeight(), null, 0, full.getWidth());
        var counts = new HashMap<Integer, Integer>();
        Arrays.stream(pixels).forEach(pixel -> counts.merge(pixel, 1, Integer::sum));
        var table = counts.entrySet().stream().sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .limit(COLOURS).mapToInt(Map.Entry::getKey).toArray();
        var places = new HashMap<Integer, Integer>();
        var small = new BufferedImage(full.getWidth(), full.getHeight(), BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, table.length, table, 0, false, -1, 0));
        var indexes = Arrays.stream(pixels).map(pixel -> places.computeIfAbsent(pixel, each -> nearest(each, table))).toArray();
        small.getRaster().setPixels(0, 0, full.getWidth(), full.getHeight(), indexes);
        var out = new ByteArrayOutputStream();
        ImageIO.write(small, "png", out);
        return out.toByteArray();
    }

    private static int nearest(int pixel, int[] table) {
        return IntStream.range(0, table.length).boxed().min(Comparator.comparingInt(i -> distance(pixel, table[i]))).orElseThrow();
    }

    private static int distance(int one, int other) {
        return IntStream.of(16, 8, 0).map(shift -> (one >> shift & 255) - (other >> shift & 255)).map(each -> each * each).sum();
    }
}
