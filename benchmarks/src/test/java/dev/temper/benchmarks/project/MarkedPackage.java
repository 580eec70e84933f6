package dev.temper.benchmarks.project;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Holds for classes whose package has a package-info that says where null is. */
final class MarkedPackage extends ArchCondition<JavaClass> {
    MarkedPackage() {
        super("lie in a package marked @NullMarked");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getPackage()
                .tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isPresent();
        if (!marked) {
            events.add(SimpleConditionEvent.violated(item, item.getPackageName() + " is not marked"));
        }
    }
}
