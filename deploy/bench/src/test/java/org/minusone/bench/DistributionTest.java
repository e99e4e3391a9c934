package org.minusone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {
  @Test
  void aPercentileIsAValueThatWasMeasured() {
    List<Double> oneToThousand =
        IntStream.rangeClosed(1, 1000).mapToObj(i -> (double) i).collect(Collectors.toList());
    Collections.reverse(oneToThousand);

    assertThat(Distribution.of(oneToThousand))
        .isEqualTo(new Distribution(500, 900, 990, 1000, 1000));
  }

  @Test
  void ofFewTheWorstIsTheNinetyNinth() {
    assertThat(Distribution.of(List.of(3.0, 250.0, 7.0)))
        .isEqualTo(new Distribution(7, 250, 250, 250, 3));
  }

  @Test
  void whereNothingArrivedThereIsNoFigure() {
    assertThat(Distribution.of(List.of()).n()).isZero();
    assertThat(Distribution.of(List.of()).p99()).isNaN();
  }

  @Test
  void roundsGiveTheirMediansButHideNoOutlier() {
    Distribution all =
        Distribution.median(
            List.of(
                new Distribution(5, 10, 20, 30, 500),
                new Distribution(6, 11, 400, 900, 500),
                new Distribution(7, 12, 22, 31, 499)));

    assertThat(all).isEqualTo(new Distribution(6, 11, 22, 900, 1499));
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMiddleOfTwo() {
    assertThat(Distribution.median(List.of(4.0, 1.0, 3.0, 2.0), v -> v)).isEqualTo(2.5);
  }
}
