// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A redis-server on loopback with its default settings, but for files that it does not write.
 *
 * <p>Confined to one thread.
 */
public final class RedisServer implements AutoCloseable {
  private static final int START_ATTEMPTS = 5;
  private static final int START_POLLS = 1000;
  private static final long STOP_SECONDS = 20;
  private static final String HOST = "127.0.0.1";

  private final Process process;
  private final Path directory;
  private final int port;

  private RedisServer(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
    // A measurement that is cancelled must not leave the server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  /** Tells whether there is a redis-server to start. */
  public static boolean isInstalled() {
    return versionLine() != null;
  }

  /** Returns the version of the installed server, or "none". */
  public static String version() {
    String line = versionLine();
    return line == null ? "none" : line.replaceAll("^.* v=([0-9.]+) .*$", "$1");
  }

  private static @Nullable String versionLine() {
    try {
      Process asked =
          new ProcessBuilder("redis-server", "--version").redirectErrorStream(true).start();
      try (BufferedReader reader = asked.inputReader(StandardCharsets.UTF_8)) {
        return reader.readLine();
      }
    } catch (IOException missing) {
      return null;
    }
  }

  /**
   * Starts a server with nothing in it, and waits until it answers.
   *
   * @throws IllegalStateException if none is installed, or it does not start
   */
  public static RedisServer start() {
    if (!isInstalled()) {
      throw new IllegalStateException("there must be a redis-server on the PATH");
    }
    try {
      for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
        RedisServer server = launch();
        if (server.awaitReady()) {
          return server;
        }
        server.close(); // as when somebody else took the port
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    throw new IllegalStateException("redis-server must start: tried " + START_ATTEMPTS + " ports");
  }

  private static RedisServer launch() throws IOException {
    int port = freePort();
    Path directory = Files.createTempDirectory("redstart-benchmarks");
    List<String> command =
        List.of(
            "redis-server",
            "--port",
            Integer.toString(port),
            "--bind",
            HOST,
            "--save",
            "",
            "--dir",
            directory.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new RedisServer(process, directory, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean awaitReady() {
    for (int poll = 0; poll < START_POLLS && process.isAlive(); poll++) {
      try (Jedis jedis = connect()) {
        if (jedis.ping().equals("PONG")) {
          return true;
        }
      } catch (JedisException notYet) {
        try {
          TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException interrupt) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
    }
    return false;
  }

  /** Opens a connection, which the caller closes. */
  public Jedis connect() {
    return new Jedis(HOST, port);
  }

  /** Returns {@code used_memory}, asked through a connection of its own. */
  public long usedMemory() {
    return ask(
        jedis ->
            Long.parseLong(
                jedis
                    .info("memory")
                    .lines()
                    .filter(line -> line.startsWith("used_memory:"))
                    .findFirst()
                    .orElseThrow()
                    .substring("used_memory:".length())
                    .strip()));
  }

  /** Asks something through a connection of its own. */
  public <R> R ask(Function<Jedis, R> question) {
    try (Jedis jedis = connect()) {
      return question.apply(jedis);
    }
  }

  /** Ends the server and removes its directory. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
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
