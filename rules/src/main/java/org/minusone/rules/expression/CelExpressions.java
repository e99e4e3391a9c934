package org.minusone.rules.expression;

import static dev.cel.checker.CelStandardDeclarations.StandardFunction.ADD;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.CONDITIONAL;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.DIVIDE;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.DURATION;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.EQUALS;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.GREATER;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.GREATER_EQUALS;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.IN;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.LESS;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.LESS_EQUALS;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.LOGICAL_AND;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.LOGICAL_NOT;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.LOGICAL_OR;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.MULTIPLY;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.NEGATE;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.NOT_EQUALS;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.SUBTRACT;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelMutableAst;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.rules.evaluate.Expression;
import org.minusone.rules.evaluate.Expressions;

/**
 * CEL over a family's quantities: a quantity's name is its id with {@code _} for {@code -}, its
 * value a number or a word, {@code age(q)} the time since it was read. Numbers are all of one kind,
 * so that {@code depth > 10} and {@code depth > 10.0} are the same.
 *
 * <p>Of CEL's library there are the operators, {@code in} and {@code duration()}: no loops, no
 * regular expressions and no time of day, so that an expression costs no more than its length, and
 * the same readings get the same answer on any day.
 */
public final class CelExpressions implements Expressions {
  public static final CelExpressions LANGUAGE = new CelExpressions();

  /** Code points (D): some ten comparisons with room to spare. */
  private static final int LONGEST = 1_000;

  private static final int DEEPEST = 32;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true) // the runtime wants it said
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(DEEPEST)
          .build();

  private final Map<Family, CelCompiler> compilers = new EnumMap<>(Family.class);
  private CelRuntime runtime;

  private CelExpressions() {}

  /** What a quantity is called in an expression. */
  public static String name(Quantity quantity) {
    return quantity.id().replace('-', '_');
  }

  @Override
  public Expression compile(Family family, String text) {
    Checked checked = check(family, text);
    if (checked.expression() == null) {
      Fault fault = checked.faults().get(0);
      throw new IllegalArgumentException("'" + text + "': " + fault.message());
    }
    return checked.expression();
  }

  /** Compiles it, or says where it is wrong; never throws for what is in it. */
  public synchronized Checked check(Family family, String text) {
    CelCompiler compiler = compilers.computeIfAbsent(family, CelExpressions::compiler);
    CelFaults words = new CelFaults(family, text);
    try {
      CelValidationResult parsed = compiler.parse(text);
      if (parsed.hasError()) {
        return Checked.not(words.of(parsed.getErrors()));
      }
      CelMutableAst mutable = CelMutableAst.fromCelAst(parsed.getAst());
      oneKindOfNumber(mutable.expr());
      CelValidationResult checked =
          compiler.check(
              CelAbstractSyntaxTree.newParsedAst(
                  mutable.toParsedAst().getExpr(), parsed.getAst().getSource()));
      if (checked.hasError()) {
        return Checked.not(words.of(checked.getErrors()));
      }
      Reads reads = new Reads(family, checked.getAst(), words);
      if (!reads.faults().isEmpty()) {
        return Checked.not(reads.faults());
      }
      if (runtime == null) {
        runtime = CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();
      }
      CelExpression expression =
          new CelExpression(runtime.createProgram(checked.getAst()), reads.found(), reads.ages());
      return Checked.of(expression, checked.getAst().getExpr());
    } catch (CelValidationException | CelEvaluationException e) {
      return Checked.not(List.of(new Fault(1, 0, CelFaults.oneLine(e.getMessage()))));
    }
  }

  private static CelCompiler compiler(Family family) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(
                CelStandardDeclarations.newBuilder()
                    .includeFunctions(
                        LOGICAL_AND,
                        LOGICAL_OR,
                        LOGICAL_NOT,
                        CONDITIONAL,
                        EQUALS,
                        NOT_EQUALS,
                        LESS,
                        LESS_EQUALS,
                        GREATER,
                        GREATER_EQUALS,
                        ADD,
                        SUBTRACT,
                        MULTIPLY,
                        DIVIDE,
                        NEGATE,
                        IN,
                        DURATION)
                    .build())
            .addMacros(CelMacro.newGlobalMacro(Reads.AGE, 1, CelExpressions::age))
            .setResultType(SimpleType.BOOL);
    for (Quantity quantity : family.quantities()) {
      builder.addVar(name(quantity), quantity.isWord() ? SimpleType.STRING : SimpleType.DOUBLE);
      builder.addVar(Reads.AGE_OF + name(quantity), SimpleType.DURATION);
    }
    return builder.build();
  }

  /** {@code age(depth)} is a variable of its own. */
  private static Optional<CelExpr> age(
      CelMacroExprFactory factory, CelExpr target, List<CelExpr> arguments) {
    CelExpr of = arguments.get(0);
    return Optional.of(
        of.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
            ? factory.newIdentifier(Reads.AGE_OF + of.ident().name())
            : factory.reportError(
                CelIssue.formatError(
                    factory.getSourceLocation(of), "'age' wants the name of a quantity")));
  }

  private static void oneKindOfNumber(CelMutableExpr expression) {
    switch (expression.getKind()) {
      case CONSTANT -> {
        CelConstant constant = expression.constant();
        if (constant.getKind() == CelConstant.Kind.INT64_VALUE) {
          expression.setConstant(CelConstant.ofValue((double) constant.int64Value()));
        } else if (constant.getKind() == CelConstant.Kind.UINT64_VALUE) {
          double value = constant.uint64Value().doubleValue();
          expression.setConstant(CelConstant.ofValue(value));
        }
      }
      case CALL -> {
        expression.call().target().ifPresent(CelExpressions::oneKindOfNumber);
        expression.call().args().forEach(CelExpressions::oneKindOfNumber);
      }
      case LIST -> expression.list().elements().forEach(CelExpressions::oneKindOfNumber);
      case SELECT -> oneKindOfNumber(expression.select().operand());
      case IDENT, MAP, STRUCT, COMPREHENSION, NOT_SET -> {}
    }
  }

  /** The names an expression may use, for a person who misspelt one. */
  static List<String> names(Family family) {
    List<String> names = new ArrayList<>();
    family.quantities().forEach(quantity -> names.add(name(quantity)));
    return names;
  }
}
