package dev.temper.text.jinja;

import dev.temper.text.jinja.Callable.Arguments;
import dev.temper.text.jinja.Statement.Parameter;
import dev.temper.text.jinja.Statement.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs statements, writing what they say. One run, one thread. */
final class Interpreter {
    /** How a statement ended. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final Limits limits = new Limits();
    private final Evaluator evaluator = new Evaluator(limits);
    private final List<Rendering.Span> generated = new ArrayList<>();
    private StringBuilder out = new StringBuilder();
    /** How many captures are open: what is said inside one has no place in the output yet. */
    private int captures;

    Rendering run(List<Statement> statements, Scope globals) {
        run(statements, globals, 0);
        return new Rendering(out.toString(), generated);
    }

    private Flow run(List<Statement> statements, Scope scope, int depth) {
        for (Statement statement : statements) {
            limits.step();
            Flow flow = run(statement, scope, depth);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow run(Statement statement, Scope scope, int depth) {
        switch (statement) {
            case Statement.Text s -> write(s.text());
            case Statement.Output s -> write(Values.text(evaluator.value(s.value(), scope)));
            case Statement.If s -> {
                return run(
                        Values.truth(evaluator.value(s.condition(), scope)) ? s.then() : s.otherwise(), scope, depth);
            }
            case Statement.For s -> loop(s, evaluator.value(s.in(), scope), scope, 0);
            case Statement.Assign s -> assign(s.target(), evaluator.value(s.value(), scope), scope);
            case Statement.AssignBlock s -> {
                Object value = captured(s.body(), new Scope(scope), depth);
                for (Statement.Filtering filter : s.filters()) {
                    value = evaluator.filter(filter, value, scope);
                }
                assign(s.target(), value, scope);
            }
            case Statement.With s -> {
                Scope inner = new Scope(scope);
                for (Statement.Assign assignment : s.assignments()) {
                    assign(assignment.target(), evaluator.value(assignment.value(), scope), inner);
                }
                return run(s.body(), inner, depth);
            }
            case Statement.MacroDefinition s ->
                scope.set(s.name(), new Macro(s.name(), macro(s.name(), s.parameters(), s.body(), scope)));
            case Statement.CallBlock s -> {
                Arguments given = evaluator.arguments(s.call().arguments(), scope);
                Map<String, Object> named = new LinkedHashMap<>(given.named());
                named.put("caller", macro("caller", s.parameters(), s.body(), scope));
                Object function = evaluator.value(s.call().function(), scope);
                write(Values.text(evaluator.call(function, new Arguments(given.positional(), named))));
            }
            case Statement.FilterBlock s -> {
                Object value = captured(s.body(), new Scope(scope), depth);
                for (Statement.Filtering filter : s.filters()) {
                    value = evaluator.filter(filter, value, scope);
                }
                write(Values.text(value));
            }
            case Statement.Generation s -> {
                int start = out.length();
                Flow flow = run(s.body(), new Scope(scope), depth);
                if (captures == 0) {
                    generated.add(new Rendering.Span(start, out.length()));
                }
                return flow;
            }
            case Statement.Break s -> {
                return Flow.BREAK;
            }
            case Statement.Continue s -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private void write(String text) {
        Limits.length((long) out.length() + text.length());
        out.append(text);
    }

    private String captured(List<Statement> body, Scope scope, int depth) {
        StringBuilder outer = out;
        out = new StringBuilder();
        captures++;
        run(body, scope, depth);
        String text = out.toString();
        out = outer;
        captures--;
        return text;
    }

    private void loop(Statement.For statement, Object over, Scope scope, int depth) {
        List<Object> items = Values.items(over);
        if (statement.where() != null) {
            List<Object> wanted = new ArrayList<>();
            for (Object item : items) {
                Scope inner = new Scope(scope);
                assign(statement.target(), item, inner);
                if (Values.truth(evaluator.value(statement.where(), inner))) {
                    wanted.add(item);
                }
            }
            items = wanted;
        }
        if (items.isEmpty()) {
            run(statement.otherwise(), new Scope(scope), depth);
            return;
        }
        Loop loop = new Loop(items, depth, arguments -> {
            if (!statement.recursive()) {
                throw JinjaErrors.failed("only a loop marked recursive can be called");
            }
            StringBuilder outer = out;
            out = new StringBuilder();
            captures++;
            loop(statement, arguments.require(0, "iterable"), scope, depth + 1);
            String text = out.toString();
            out = outer;
            captures--;
            return text;
        });
        for (int i = 0; i < items.size(); i++) {
            limits.step();
            loop.moveTo(i);
            Scope inner = new Scope(scope);
            inner.set("loop", loop);
            assign(statement.target(), items.get(i), inner);
            if (run(statement.body(), inner, depth) == Flow.BREAK) {
                return;
            }
        }
    }

    private void assign(Target target, Object value, Scope scope) {
        switch (target) {
            case Target.Variable t -> scope.set(t.name(), value);
            case Target.Member t -> {
                if (!(scope.get(t.namespace()) instanceof Namespace namespace)) {
                    throw JinjaErrors.failed("only a namespace has attributes that can be set");
                }
                namespace.attributes().put(t.name(), value);
            }
            case Target.Several t -> {
                List<Object> values = Values.items(value);
                if (values.size() != t.targets().size()) {
                    throw JinjaErrors.failed("%d values for %d names"
                            .formatted(values.size(), t.targets().size()));
                }
                for (int i = 0; i < values.size(); i++) {
                    assign(t.targets().get(i), values.get(i), scope);
                }
            }
        }
    }

    private Callable macro(String name, List<Parameter> parameters, List<Statement> body, Scope definedIn) {
        return arguments -> {
            Scope scope = new Scope(definedIn);
            Map<String, Object> named = new LinkedHashMap<>(arguments.named());
            for (int i = 0; i < parameters.size(); i++) {
                Parameter parameter = parameters.get(i);
                Object given = i < arguments.positional().size()
                        ? arguments.positional().get(i)
                        : named.remove(parameter.name());
                scope.set(parameter.name(), given == null ? otherwise(parameter, scope) : given);
            }
            int extra = Math.min(parameters.size(), arguments.positional().size());
            scope.set(
                    "varargs",
                    new Tuple(arguments
                            .positional()
                            .subList(extra, arguments.positional().size())));
            Object caller = named.remove("caller");
            scope.set("caller", caller == null ? new Undefined("'caller' of the macro " + name) : caller);
            scope.set("kwargs", new LinkedHashMap<Object, Object>(named));
            return captured(body, scope, 0);
        };
    }

    private Object otherwise(Parameter parameter, Scope scope) {
        @Nullable Expression written = parameter.otherwise();
        return written == null
                ? new Undefined("the parameter '" + parameter.name() + "'")
                : evaluator.value(written, scope);
    }
}
