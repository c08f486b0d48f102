package dev.tidings.adapters.operations;

import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How many took how long. */
record Latencies(List<Bucket> buckets, double count) {

    /** How many took at most so many milliseconds; those of the buckets before it included. */
    record Bucket(double upTo, double count) {}

    static Latencies of(HistogramSnapshot snapshot) {
        List<Bucket> buckets = Arrays.stream(snapshot.histogramCounts())
                .map(Latencies::bucket)
                .filter(bucket -> !Double.isInfinite(bucket.upTo))
                .toList();
        return new Latencies(buckets, snapshot.count());
    }

    private static Bucket bucket(CountAtBucket counted) {
        return new Bucket(counted.bucket(TimeUnit.MILLISECONDS), counted.count());
    }

    Latencies since(Latencies before) {
        List<Bucket> difference = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            Bucket now = buckets.get(i);
            difference.add(new Bucket(now.upTo, now.count - before.buckets.get(i).count));
        }
        return new Latencies(difference, count - before.count);
    }

    /**
     * Within how many milliseconds {@code part} (0 to 1) of them were done, as if they were spread evenly over each
     * bucket; the last bucket's end for what took longer. Nothing if there were none.
     */
    Optional<Double> quantile(double part) {
        if (count <= 0) {
            return Optional.empty();
        }
        double wanted = part * count;
        Bucket below = new Bucket(0, 0);
        for (Bucket bucket : buckets) {
            if (bucket.count >= wanted && bucket.count > below.count) {
                double share = (wanted - below.count) / (bucket.count - below.count);
                return Optional.of(below.upTo + (bucket.upTo - below.upTo) * share);
            }
            below = bucket;
        }
        return Optional.of(below.upTo);
    }
}
