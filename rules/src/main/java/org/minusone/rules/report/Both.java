package org.minusone.rules.report;

/** A phrase in both languages of the page; one of them is shown. */
final class Both {
  private Both() {}

  static String of(String zh, String en) {
    return "<span lang=\"zh-CN\">"
        + Svg.escape(zh)
        + "</span><span lang=\"en\">"
        + Svg.escape(en)
        + "</span>";
  }

  static String family(String id) {
    return of(
        switch (id) {
          case "flood-point" -> "易涝点";
          case "electrical" -> "电气安全";
          case "fire-facility" -> "消防设施";
          case "hazmat-storage" -> "危化品存储";
          case "smoke" -> "智能烟感";
          default -> id;
        },
        id);
  }

  static String quantity(String id) {
    return of(
        switch (id) {
          case "depth" -> "水深";
          case "residual-current" -> "剩余电流";
          case "temperature" -> "温度";
          case "voltage" -> "电压";
          case "current" -> "电流";
          case "load" -> "负载";
          case "arc" -> "电弧";
          case "pressure" -> "压力";
          case "level" -> "液位";
          case "humidity" -> "湿度";
          case "gas" -> "气体";
          case "obscuration" -> "烟浓度";
          case "battery" -> "电量";
          case "state" -> "状态";
          case "pump-mode" -> "泵模式";
          default -> id;
        },
        id);
  }

  static String signal(String id) {
    return of(
        switch (id) {
          case "forewarned" -> "预警";
          case "updated" -> "预警更新";
          case "notice" -> "4 级";
          case "warn" -> "3 级";
          case "alarm" -> "2 级";
          case "critical" -> "1 级";
          case "cleared" -> "恢复";
          case "silent" -> "静默";
          case "suspect" -> "存疑";
          default -> id;
        },
        id);
  }
}
