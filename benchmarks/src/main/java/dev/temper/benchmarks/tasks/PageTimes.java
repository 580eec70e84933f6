package dev.temper.benchmarks.tasks;

import dev.temper.benchmarks.Latencies;
import dev.temper.benchmarks.Report;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long each page and its twin of REST take, asked for in turn by one reader. */
final class PageTimes {
    private static final String ROOT = "/t/demo";
    private static final int WARM_UP = 10;
    private static final int FAR = 200;
    private static final Pattern NEXT = Pattern.compile("href=\"([^\"]*cursor=[^\"]*)\"");
    private static final Pattern DRAWN = Pattern.compile("points=\"([^\"]*)\"");

    private final Place place;
    private final Stock stock;
    private final int requests;

    PageTimes(Place place, Stock stock, int requests) {
        this.place = place;
        this.stock = stock;
        this.requests = requests;
    }

    /** A request, as a browser or a program sends it. */
    private interface Question {
        void ask() throws IOException, InterruptedException;
    }

    void measure(Report.Builder report) throws IOException, InterruptedException, SQLException {
        Map<String, Question> questions = new LinkedHashMap<>(pages());
        questions.putAll(rest());
        Map<String, Latencies> times = new LinkedHashMap<>();
        for (int turn = -WARM_UP; turn < requests; turn++) {
            for (Map.Entry<String, Question> question : questions.entrySet()) {
                long begin = System.nanoTime();
                question.getValue().ask();
                if (turn >= 0) {
                    times.computeIfAbsent(question.getKey(), _ -> new Latencies())
                            .took(System.nanoTime() - begin);
                }
            }
        }
        times.forEach((what, took) -> report.figure(what + ", p50", took.quantile(.5), "ms")
                .figure(what + ", p95", took.quantile(.95), "ms")
                .figure(what + ", longest", took.quantile(1), "ms"));
        weigh(report);
    }

    private Map<String, Question> pages() throws IOException, InterruptedException, SQLException {
        long longest = stock.longestTask();
        long small = longest + 1;
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("list of tasks", ROOT + "/tasks");
        pages.put("list of tasks, page " + FAR, far(ROOT + "/tasks"));
        pages.put("list of tasks, filtered", ROOT + "/tasks?state=failed&method=lora&q=LoRA");
        pages.put("list of tasks, a filter that nothing passes", ROOT + "/tasks?q=no-such-words");
        pages.put("list of tasks, by name", ROOT + "/tasks?sort=name");
        pages.put("search", ROOT + "/search?q=law");
        pages.put("search as one types", ROOT + "/search/palette?q=law");
        pages.put("task with few points", ROOT + "/tasks/" + small);
        pages.put("task with most points", ROOT + "/tasks/" + longest);
        pages.put("a part of its curve", part(longest));
        pages.put("three compared", ROOT + "/tasks/compare?runs=%d,%d,%d".formatted(longest, small, small + 1));
        pages.put("queue", ROOT + "/queue");
        pages.put("queue, all jobs", ROOT + "/queue?show=all");
        pages.put("home", ROOT);
        pages.put("base models", ROOT + "/models/base");
        pages.put("tuned models", ROOT + "/models/tuned");
        pages.put("notices", ROOT + "/notices");
        Map<String, Question> questions = new LinkedHashMap<>();
        pages.forEach((what, path) -> questions.put(what, () -> place.page(path)));
        return questions;
    }

    private static String part(long task) {
        return ROOT + "/tasks/%d?from=20000&to=30000&smooth=auto&y=log".formatted(task);
    }

    /** Where so many times of going on lead, as the last page where there are fewer. */
    private String far(String list) throws IOException, InterruptedException {
        String path = list;
        for (int page = 1; page < FAR; page++) {
            Matcher next = NEXT.matcher(place.text(path));
            if (!next.find()) {
                return path;
            }
            path = next.group(1).replace("&amp;", "&");
            path = path.startsWith("/") ? path : list + path;
        }
        return path;
    }

    private Map<String, Question> rest() throws SQLException {
        long longest = stock.longestTask();
        String most = id(longest);
        String few = id(longest + 1);
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("REST list of tasks", "/api/v1/tasks");
        paths.put("REST list of jobs", "/api/v1/jobs");
        paths.put("REST task", "/api/v1/tasks/" + most);
        paths.put("REST curve of few points", "/api/v1/tasks/" + few + "/curve");
        paths.put("REST curve of most points", "/api/v1/tasks/" + most + "/curve");
        paths.put("REST tuned models", "/api/v1/tuned-models");
        Map<String, Question> questions = new LinkedHashMap<>();
        paths.forEach((what, path) -> questions.put(what, () -> place.rest(path)));
        return questions;
    }

    private String id(long task) throws SQLException {
        return stock.texts("select id from tasks where number = " + task).getFirst();
    }

    /** What a browser gets of the longest curve. */
    private void weigh(Report.Builder report) throws IOException, InterruptedException, SQLException {
        String path = ROOT + "/tasks/" + stock.longestTask();
        Matcher drawn = DRAWN.matcher(place.text(path));
        int most = 0;
        while (drawn.find()) {
            String points = drawn.group(1);
            most = Math.max(most, 1 + points.length() - points.replace(" ", "").length());
        }
        report.figure("task with most points, points drawn of a series", most, "")
                .figure("task with most points, compressed", place.page(path).length / 1024.0, "KB")
                .figure(
                        "task with few points, compressed",
                        place.page(ROOT + "/tasks/" + (stock.longestTask() + 1)).length / 1024.0,
                        "KB");
    }
}
