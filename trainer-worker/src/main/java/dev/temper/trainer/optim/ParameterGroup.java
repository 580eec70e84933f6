package dev.temper.trainer.optim;

import dev.temper.trainer.model.Parameter;
import java.util.List;

/** Parameters that take their steps together. */
record ParameterGroup(List<Parameter> parameters, double weightDecay) {}
