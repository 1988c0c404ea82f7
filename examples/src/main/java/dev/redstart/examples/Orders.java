// SPDX-License-Identifier: Apache-2.0
package dev.redstart.examples;

import dev.redstart.Codec;
import dev.redstart.JsonCodec;
import dev.redstart.RHash;
import dev.redstart.Store;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentMap;

/** Keeps objects as JSON in a hash, which any Redis client can read. */
public final class Orders {
  private final RHash<Long, Order> orders;

  Orders(Store store) {
    this.orders = store.hash("orders", Codec.longs(), JsonCodec.of(Order.class));
  }

  /** An order of a customer. */
  record Order(String customer, List<Item> items, boolean isPaid) {
    BigDecimal total() {
      return items.stream().map(Item::price).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    Order paid() {
      return new Order(customer, items, true);
    }
  }

  /** What is ordered. */
  record Item(String name, BigDecimal price) {}

  /** Places orders, pays one, and prints all. */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    try (Store store = Store.open()) {
      Orders orders = new Orders(store);
      orders.place(1, "ann", new Item("tea", new BigDecimal("4.50")));
      orders.place(
          2, "bob", new Item("rye", new BigDecimal("3.20")), new Item("oil", BigDecimal.TEN));
      orders.pay(2);
      orders
          .orders
          .entries()
          .forEach(
              (number, order) ->
                  out.printf(
                      Locale.ROOT,
                      "%d %s %s%s%n",
                      number,
                      order.customer(),
                      order.total(),
                      order.isPaid() ? " paid" : ""));
      out.println("as it is stored: " + store.hash("orders").get("1"));
    }
  }

  void place(long number, String customer, Item... items) {
    orders.put(number, new Order(customer, List.of(items), false));
  }

  /** Marks an order as paid, whatever others change at the same time. */
  void pay(long number) {
    ConcurrentMap<Long, Order> map = orders.asMap();
    map.computeIfPresent(number, (same, order) -> order.paid());
  }
}
