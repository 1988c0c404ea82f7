// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.Helpers;
import com.google.common.collect.testing.ListTestSuiteBuilder;
import com.google.common.collect.testing.MapTestSuiteBuilder;
import com.google.common.collect.testing.QueueTestSuiteBuilder;
import com.google.common.collect.testing.SampleElements;
import com.google.common.collect.testing.SetTestSuiteBuilder;
import com.google.common.collect.testing.TestMapGenerator;
import com.google.common.collect.testing.TestStringListGenerator;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.TestStringQueueGenerator;
import com.google.common.collect.testing.TestStringSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.ListFeature;
import com.google.common.collect.testing.features.MapFeature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The views as collections of Java, by the test suites of Guava. */
class ViewSuitesTest {
  private static final Store STORE = Store.open();
  private static int views;

  @AfterAll
  static void close() {
    STORE.close();
  }

  private static String newKey() {
    return "view:" + views++;
  }

  private static Stream<DynamicNode> nodes(junit.framework.Test test) {
    if (test instanceof TestSuite suite) {
      return Collections.list(suite.tests()).stream()
          .map(
              each ->
                  each instanceof TestSuite inner
                      ? DynamicContainer.dynamicContainer(inner.getName(), nodes(inner))
                      : single((TestCase) each));
    }
    return Stream.of(single((TestCase) test));
  }

  private static DynamicNode single(TestCase test) {
    return DynamicTest.dynamicTest(test.getName(), test::runBare);
  }

  @TestFactory
  Stream<DynamicNode> asMap_contract_isKept() {
    return nodes(
        ConcurrentMapTestSuiteBuilder.using(
                new TestStringMapGenerator() {
                  @Override
                  protected Map<String, String> create(Map.Entry<String, String>[] entries) {
                    Map<String, String> map = STORE.hash(newKey()).asMap();
                    for (Map.Entry<String, String> entry : entries) {
                      map.put(entry.getKey(), entry.getValue());
                    }
                    return map;
                  }
                })
            .named("asMap")
            .withFeatures(
                MapFeature.GENERAL_PURPOSE,
                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                CollectionSize.ANY)
            .createTestSuite());
  }

  @TestFactory
  Stream<DynamicNode> asScoreMap_contract_isKept() {
    return nodes(
        MapTestSuiteBuilder.using(new ScoreMaps())
            .named("asScoreMap")
            .withFeatures(
                MapFeature.GENERAL_PURPOSE,
                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                CollectionFeature.KNOWN_ORDER,
                CollectionSize.ANY)
            .createTestSuite());
  }

  @TestFactory
  Stream<DynamicNode> asSet_contract_isKept() {
    return nodes(
        SetTestSuiteBuilder.using(
                new TestStringSetGenerator() {
                  @Override
                  protected Set<String> create(String[] elements) {
                    Set<String> set = STORE.set(newKey()).asSet();
                    Collections.addAll(set, elements);
                    return set;
                  }
                })
            .named("asSet")
            .withFeatures(
                CollectionFeature.SUPPORTS_ADD,
                CollectionFeature.SUPPORTS_REMOVE,
                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                CollectionSize.ANY)
            .createTestSuite());
  }

  @TestFactory
  Stream<DynamicNode> asList_contract_isKept() {
    return nodes(
        ListTestSuiteBuilder.using(
                new TestStringListGenerator() {
                  @Override
                  protected List<String> create(String[] elements) {
                    List<String> list = STORE.list(newKey()).asList();
                    Collections.addAll(list, elements);
                    return list;
                  }
                })
            .named("asList")
            .withFeatures(
                ListFeature.GENERAL_PURPOSE,
                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                CollectionSize.ANY)
            .createTestSuite());
  }

  @TestFactory
  Stream<DynamicNode> asDeque_contract_isKept() {
    return nodes(
        QueueTestSuiteBuilder.using(
                new TestStringQueueGenerator() {
                  @Override
                  protected Queue<String> create(String[] elements) {
                    Queue<String> queue = STORE.list(newKey()).asDeque();
                    Collections.addAll(queue, elements);
                    return queue;
                  }
                })
            .named("asDeque")
            .withFeatures(
                CollectionFeature.GENERAL_PURPOSE,
                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                CollectionFeature.KNOWN_ORDER,
                CollectionSize.ANY)
            .createTestSuite());
  }

  /** Sorted sets by maps of scores. */
  private static final class ScoreMaps implements TestMapGenerator<String, Double> {
    private static final List<String> ORDER = List.of("one", "two", "three", "four", "five");

    @Override
    public SampleElements<Map.Entry<String, Double>> samples() {
      return new SampleElements<>(
          Helpers.mapEntry("one", -3.5),
          Helpers.mapEntry("two", 0.0),
          Helpers.mapEntry("three", 0.5),
          Helpers.mapEntry("four", 4.0),
          Helpers.mapEntry("five", Double.POSITIVE_INFINITY));
    }

    @Override
    @SuppressWarnings("unchecked") // the suite hands over what samples returns
    public Map<String, Double> create(Object... entries) {
      Map<String, Double> map = STORE.sortedSet(newKey()).asScoreMap();
      for (Object each : entries) {
        Map.Entry<String, Double> entry = (Map.Entry<String, Double>) each;
        map.put(entry.getKey(), entry.getValue());
      }
      return map;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // as the interface has it
    public Map.Entry<String, Double>[] createArray(int length) {
      return new Map.Entry[length];
    }

    @Override
    public Iterable<Map.Entry<String, Double>> order(
        List<Map.Entry<String, Double>> insertionOrder) {
      List<Map.Entry<String, Double>> sorted = new ArrayList<>(insertionOrder);
      sorted.sort(Comparator.comparing(entry -> ORDER.indexOf(entry.getKey())));
      return sorted;
    }

    @Override
    public String[] createKeyArray(int length) {
      return new String[length];
    }

    @Override
    public Double[] createValueArray(int length) {
      return new Double[length];
    }
  }
}
