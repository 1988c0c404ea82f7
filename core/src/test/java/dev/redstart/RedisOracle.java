// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A real redis-server on loopback, for tests that compare with it.
 *
 * <p>Confined to one test thread. Where no redis-server is installed, the test that starts it is
 * skipped with the reason. Texts are binary strings.
 */
public final class RedisOracle implements AutoCloseable {
  private static final int START_ATTEMPTS = 5;
  private static final long START_SECONDS = 20;

  private final Process process;
  private final Path directory;
  private final int port;
  private final Jedis jedis;

  private RedisOracle(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
    this.jedis = connect();
    // A test run that is cancelled must not leave the server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  /** An error reply, without the leading minus. */
  public record Failure(String message) {}

  /** Starts a server with nothing in it that writes no files, and waits until it answers. */
  public static RedisOracle start() {
    try {
      for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
        RedisOracle oracle = tryStart();
        if (oracle != null) {
          return oracle;
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    throw new IllegalStateException("redis-server must start: tried " + START_ATTEMPTS + " ports");
  }

  /** Null when the server ended at once, as when somebody else took the port. */
  private static @Nullable RedisOracle tryStart() throws IOException {
    int port = freePort();
    Path directory = Files.createTempDirectory("redis-oracle");
    Process process;
    try {
      process = launch(port, directory);
    } catch (IOException missing) {
      Files.delete(directory);
      return abort("no redis-server on the PATH: " + missing.getMessage());
    }
    if (awaitReady(process)) {
      return new RedisOracle(process, directory, port);
    }
    process.destroyForcibly();
    deleteTree(directory);
    return null;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process launch(int port, Path directory) throws IOException {
    return new ProcessBuilder(
            "redis-server",
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            directory.toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Reads the server's log, to its end on a thread of its own so that the pipe never fills. */
  private static boolean awaitReady(Process process) {
    CountDownLatch decided = new CountDownLatch(1);
    boolean[] ready = new boolean[1];
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader log = process.inputReader(StandardCharsets.ISO_8859_1)) {
                for (String line = log.readLine(); line != null; line = log.readLine()) {
                  if (line.contains("Ready to accept connections")) {
                    ready[0] = true;
                    decided.countDown();
                  }
                }
              } catch (IOException ended) {
                // The pipe breaks when the process is destroyed; that is the end of its log too.
              }
              decided.countDown();
            },
            "redis-oracle-log");
    reader.setDaemon(true);
    reader.start();
    try {
      return decided.await(START_SECONDS, TimeUnit.SECONDS) && ready[0];
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The connection that {@link #call} uses. */
  public Jedis jedis() {
    return jedis;
  }

  /** A further connection, which the caller closes. */
  public Jedis connect() {
    return new Jedis("127.0.0.1", port);
  }

  /**
   * The reply to one command: a String for simple and bulk strings, a Long, a List, a {@link
   * Failure}, or null.
   */
  public @Nullable Object call(String... command) {
    return callAll(List.<String[]>of(command)).get(0);
  }

  /** The replies to many commands, sent in one go. */
  public List<@Nullable Object> callAll(List<String[]> commands) {
    List<Response<Object>> responses = new ArrayList<>();
    try (Pipeline pipeline = jedis.pipelined()) {
      for (String[] command : commands) {
        byte[] name = bytes(command[0]);
        byte[][] arguments = new byte[command.length - 1][];
        for (int index = 0; index < arguments.length; index++) {
          arguments[index] = bytes(command[index + 1]);
        }
        responses.add(pipeline.sendCommand(() -> name, arguments));
      }
    }
    List<@Nullable Object> replies = new ArrayList<>();
    for (Response<Object> response : responses) {
      replies.add(replyOf(response));
    }
    return replies;
  }

  private static @Nullable Object replyOf(Response<Object> response) {
    try {
      return readable(response.get());
    } catch (JedisDataException error) {
      return new Failure(error.getMessage());
    }
  }

  private static @Nullable Object readable(@Nullable Object reply) {
    if (reply instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    if (reply instanceof JedisDataException error) {
      return new Failure(error.getMessage());
    }
    if (reply instanceof List<?> list) {
      List<@Nullable Object> readable = new ArrayList<>();
      list.forEach(element -> readable.add(readable(element)));
      return readable;
    }
    return reply;
  }

  private static byte[] bytes(String binary) {
    return binary.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Ends the server and removes its directory. */
  @Override
  public void close() {
    jedis.close();
    process.destroy();
    try {
      if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      deleteTree(directory);
    } catch (InterruptedException interrupt) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
