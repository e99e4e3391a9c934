package org.minusone.app.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Problems in files, as a program reads them. */
final class Problems {
  private Problems() {}

  /** {@code 1 problem}, {@code 2 problems}. */
  static String counted(List<org.minusone.rules.load.Problem> problems) {
    return problems.size() + (problems.size() == 1 ? " problem" : " problems");
  }

  static List<Map<String, Object>> asJson(List<org.minusone.rules.load.Problem> problems) {
    return problems.stream()
        .map(
            problem -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("file", problem.file().toString());
              row.put("line", problem.line());
              row.put("column", problem.column());
              row.put("severity", problem.isError() ? "error" : "warning");
              row.put("message", problem.message());
              return row;
            })
        .toList();
  }
}
