package dev.temper.platform.dataset;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.sample.Sample;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Service;

/** The sample data in the box, brought in as a customer's files are. */
@Service
public class SampleData {
    private final Imports imports;
    private final Blobs blobs;

    SampleData(Imports imports, Blobs blobs) {
        this.imports = imports;
        this.blobs = blobs;
    }

    /** Brings one in as a new dataset; outside of a transaction, as its file is stored first. */
    public ImportView add(Sample sample) {
        Caller.current().require(Permission.WRITE);
        Blob file = blobs.store(out -> {
            try (var in = sample.open()) {
                in.transferTo(out);
            }
        });
        return imports.start(new Imports.Wanted(null, name(sample), sample.fileName(), file, null, recipe(sample)));
    }

    /** Brings all of them in. */
    public List<ImportView> addAll() {
        return Arrays.stream(Sample.values()).map(this::add).toList();
    }

    private static Recipe recipe(Sample sample) {
        return sample == Sample.SUPPORT_LOG ? Sample.cleaning() : Recipe.EMPTY;
    }

    private static String name(Sample sample) {
        return switch (sample) {
            case CUSTOMER_SERVICE -> "Customer service 客服问答";
            case QUESTION_BANK -> "Question bank 题库";
            case EXAM_PAPER -> "Exam paper 试卷";
            case SUPPORT_LOG -> "Messy support log 客服记录";
            case PREFERENCES -> "Preferences 偏好";
        };
    }
}
