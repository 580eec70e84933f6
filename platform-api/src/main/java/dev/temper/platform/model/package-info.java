/** Base models to start trainings from and the models that came of them: import, inspection, licences, lineage. */
@NullMarked
package dev.temper.platform.model;

import org.jspecify.annotations.NullMarked;
