package dev.temper.benchmarks.tasks;

import dev.temper.benchmarks.Latencies;
import dev.temper.benchmarks.Report;
import dev.temper.contract.link.LeaseOffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run that tells fifty steps a second behind those it told before, and somebody who has its page open: what they see is
 * fetched as the page's script does it.
 */
final class LiveRun {
    private static final int RATE = 50;
    private static final int BATCHES = 2;
    /** How long the page's script gathers what it hears before it looks, in milliseconds. */
    private static final long GATHERED = 700;

    private static final Pattern STREAM = Pattern.compile("data-live=\"([^\"]+)\"");
    private static final Pattern STEPS = Pattern.compile("data-steps=\"(?:[^\"]* )?(\\d+)\"");

    private final Place place;
    private final Stock stock;
    private final int seconds;
    private final long before;
    private final Map<Long, Long> told = new ConcurrentSkipListMap<>();
    private final BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
    private final Latencies facts = new Latencies();
    private final Latencies seen = new Latencies();
    private final Latencies fetches = new Latencies();
    private final Latencies posts = new Latencies();
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param before how many steps it has told already */
    LiveRun(Place place, Stock stock, int seconds, long before) {
        this.place = place;
        this.stock = stock;
        this.seconds = seconds;
        this.before = before;
    }

    void measure(Report.Builder report) throws IOException, InterruptedException, SQLException {
        try (ScriptedWorker worker = place.worker(stock)) {
            LeaseOffer run = worker.take();
            stock.tellBefore(run.lease().job().toString(), before);
            String page = "/t/demo/tasks/"
                    + stock.number("select number from tasks where job_id = '%s'"
                            .formatted(run.lease().job()));
            String address = first(STREAM, place.text(page)).replace("&amp;", "&");
            Thread listener = Thread.ofVirtual().start(() -> listen(address));
            Thread reader = Thread.ofVirtual().start(() -> follow(page));
            tell(worker, run);
            Thread.sleep(2_000);
            over.set(true);
            listener.interrupt();
            reader.interrupt();
            reader.join();
            place.cancel(run.lease().job());
        }
        report.under("steps a second", RATE).under("steps before", before);
        figures(report, "a batch of steps taken", posts);
        figures(report, "from its sending to the fact on the page", facts);
        figures(report, "the page fetched anew", fetches);
        figures(report, "from its sending to its points on the page", seen);
        report.figure("batches told", told.size(), "").figure("batches seen on the page", seen.count(), "");
    }

    private static void figures(Report.Builder report, String what, Latencies took) {
        report.figure(what + ", p50", took.quantile(.5), "ms")
                .figure(what + ", p95", took.quantile(.95), "ms")
                .figure(what + ", longest", took.quantile(1), "ms");
    }

    private void tell(ScriptedWorker worker, LeaseOffer run) throws IOException, InterruptedException {
        int size = RATE / BATCHES;
        long total = before + (long) RATE * seconds;
        long next = System.nanoTime();
        for (long step = before + 1; step <= total; step += size) {
            long begin = System.nanoTime();
            told.put(step + size - 1, begin);
            worker.tell(run, step, step, step + size - 1, total);
            posts.took(System.nanoTime() - begin);
            if (step % (RATE * 10L) == 1) {
                worker.beat(run, step);
            }
            next += 1_000_000_000L / BATCHES;
            Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
        }
    }

    /** Facts carry no step: the first that comes after a batch was sent is taken for its own. */
    private void listen(String address) {
        long last = 0;
        try (var lines = place.listen(address)) {
            for (var each = lines.iterator(); each.hasNext() && !over.get(); ) {
                if (!each.next().contains("\"topic\":\"run.")) {
                    continue;
                }
                long now = System.nanoTime();
                heard.add(now);
                for (Map.Entry<Long, Long> batch : told.entrySet()) {
                    if (batch.getKey() > last) {
                        facts.took(now - batch.getValue());
                        last = batch.getKey();
                        break;
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            if (!over.get()) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(String page) {
        long last = 0;
        try {
            while (!over.get()) {
                heard.take();
                Thread.sleep(GATHERED);
                heard.clear();
                long fetched = System.nanoTime();
                long shown = Long.parseLong(first(STEPS, place.text(page)));
                long now = System.nanoTime();
                fetches.took(now - fetched);
                for (Map.Entry<Long, Long> batch : told.entrySet()) {
                    if (batch.getKey() > last && batch.getKey() <= shown) {
                        seen.took(now - batch.getValue());
                        last = batch.getKey();
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("The page has no " + pattern);
        }
        return found.group(1);
    }
}
