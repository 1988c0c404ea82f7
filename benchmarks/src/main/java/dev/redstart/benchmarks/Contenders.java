// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.redstart.RSortedSet;
import dev.redstart.Store;
import dev.redstart.benchmarks.peer.RedisServer;
import dev.redstart.benchmarks.peer.StripedMap;
import dev.redstart.benchmarks.peer.TreeScores;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * The stores that are compared, each filled with the workload before it is measured.
 *
 * <p>Each is as safe for threads as what it holds. JMH fills only those that a benchmark method
 * names, so that a fork measures one contender on a heap of its own.
 */
public final class Contenders {
  private Contenders() {}

  /** A store of text values. */
  @State(Scope.Benchmark)
  public static class RedstartValues {
    Store store = Store.open();

    /** Fills the store. */
    @Setup
    public void fill(Workload workload) {
      for (int i = 0; i < workload.entries; i++) {
        store.value(workload.keys[i]).set(workload.values[i]);
      }
      Workload.finish(store.value(workload.lookups[0]).get());
    }

    /** Closes the store. */
    @TearDown
    public void close() {
      store.close();
    }
  }

  /** A Caffeine cache that is bounded and never full. */
  @State(Scope.Benchmark)
  public static class CaffeineValues {
    Cache<String, String> cache = Caffeine.newBuilder().build();

    /** Makes the cache for twice the entries, since its bound must not be met, and fills it. */
    @Setup
    public void fill(Workload workload) {
      cache = Caffeine.newBuilder().maximumSize(2L * workload.entries).build();
      for (int i = 0; i < workload.entries; i++) {
        cache.put(workload.keys[i], workload.values[i]);
      }
      cache.cleanUp();
      Workload.finish(cache.getIfPresent(workload.lookups[0]));
    }
  }

  /** A map of the JDK. */
  @State(Scope.Benchmark)
  public static class MapValues {
    final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();

    /** Fills the map. */
    @Setup
    public void fill(Workload workload) {
      for (int i = 0; i < workload.entries; i++) {
        map.put(workload.keys[i], workload.values[i]);
      }
      Workload.finish(map.get(workload.lookups[0]));
    }
  }

  /** Maps of fastutil behind locks. */
  @State(Scope.Benchmark)
  public static class StripedValues {
    final StripedMap map = new StripedMap();

    /** Fills the map. */
    @Setup
    public void fill(Workload workload) {
      for (int i = 0; i < workload.entries; i++) {
        map.put(workload.keys[i], workload.values[i]);
      }
      Workload.finish(map.get(workload.lookups[0]));
    }
  }

  /** A redis-server and one connection to it. */
  @State(Scope.Benchmark)
  public static class RedisValues {
    private @Nullable RedisServer server;
    Jedis jedis = new Jedis();

    /** Starts the server, fills it and connects. */
    @Setup
    public void fill(Workload workload) {
      RedisServer started = RedisServer.start();
      server = started;
      jedis = started.connect();
      try (Pipeline pipeline = jedis.pipelined()) {
        for (int i = 0; i < workload.entries; i++) {
          pipeline.set(workload.keys[i], workload.values[i]);
          if (i % 10_000 == 0) {
            pipeline.sync();
          }
        }
      }
      Workload.finish(jedis.get(workload.lookups[0]));
    }

    /** Ends the server. */
    @TearDown
    public void close() {
      jedis.close();
      RedisServer started = server;
      if (started != null) {
        started.close();
      }
    }
  }

  /** A sorted set of a store. */
  @State(Scope.Benchmark)
  public static class RedstartScores {
    /** The key of the sorted set. */
    static final String KEY = "board";

    final Store store = Store.open();
    final RSortedSet<String> board = store.sortedSet(KEY);

    /** Fills the set. */
    @Setup
    public void fill(Workload workload, Cursor cursor) {
      for (String member : workload.keys) {
        board.add(member, cursor.score());
      }
      Workload.finish(board.rank(workload.lookups[0]));
    }

    /** Closes the store. */
    @TearDown
    public void close() {
      store.close();
    }
  }

  /** A sorted set of the JDK's parts. */
  @State(Scope.Benchmark)
  public static class JdkScores {
    final TreeScores board = new TreeScores();

    /** The nodes in the order of the lookups. */
    TreeScores.Node[] nodes = {};

    /** Fills the set. */
    @Setup
    public void fill(Workload workload, Cursor cursor) {
      for (String member : workload.keys) {
        board.add(member, cursor.score());
      }
      nodes = new TreeScores.Node[workload.entries];
      for (int i = 0; i < nodes.length; i++) {
        nodes[i] = board.node(workload.lookups[i]);
      }
      Workload.finish(nodes[0]);
    }
  }
}
