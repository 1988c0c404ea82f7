// SPDX-License-Identifier: Apache-2.0
package dev.redstart.lincheck;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;

/**
 * Random scenarios of operations that have to do with each other.
 *
 * <p>Confined to its test. Lincheck's own generator draws from all operations alike, so that two of
 * a kind would hardly ever meet; a check for each kind would cost seconds of instrumentation.
 */
final class Scenarios {
  /** Operations that meet in a scenario, each with the least and greatest of its arguments. */
  enum Kind {
    VALUE(
        """
        get 0:0, set 0:0 0:1, setIfAbsent 0:0 0:1, compareAndSet 0:0 0:1 0:1, append 0:0 0:1,
        getAndSet 0:0 0:1, getAndDelete 0:0, exists 0:0"""),
    LOADING(
        """
        get 0:0, getOrLoad 0:0 0:1, getOrLoad 0:0 0:1, set 0:0 2:3, getAndDelete 0:0"""),
    EXPIRING(
        """
        get 0:0, get 0:0, set 0:0 0:1, setUntil 0:0 2:3 1:2, setUntil 0:0 2:3 1:2,
        expireAt 0:0 1:2, persist 0:0, exists 0:0, setIfAbsent 0:0 4:5"""),
    KEYS(
        """
        get 0:2, get 0:1, set 0:2 0:9, setAll 0:9, setAll 0:9, setAllIfAbsent 0:9, getAll,
        rename 0:2 0:2, renameIfAbsent 0:1 1:2, copy 0:0 1:2, deleteAll, countAll, size"""),
    NUMBERS(
        """
        number 0:0, add 0:0 -2:2, add 0:0 -2:2, getAndSetNumber 0:0 0:3, deleteNumber 0:0"""),
    TRANSACTIONS(
        """
        number 0:1, number 0:1, add 0:1 1:3, transfer 1:3, transfer 1:3, failingTransfer 1:3,
        bothNumbers, deleteNumber 0:1"""),
    SORTED_SET(
        """
        addMember 0:0 0:2 -1:1, addMember 0:0 0:2 -1:1, increment 0:0 0:1 -1:1, score 0:0 0:1,
        rank 0:0 0:1, range 0:0, removeMember 0:0 0:1, removeRange 0:0 0:1, sizeOfSet 0:0,
        popMin 0:0"""),
    POPS(
        """
        addMember 0:1 0:2 0:2, addMember 0:1 0:2 0:2, addToBothSets 0:2 0:2, popMinHastily 0:0,
        popAnyHastily, popMin 1:1, sizeOfSet 0:1"""),
    TAGS(
        """
        set 0:1 0:1, set 0:1 0:1, tag 0:1, tag 0:1, tag 0:1, untag 0:1, isTagged 0:2, tagged,
        tagged, forgetTag, getAndDelete 0:1, rename 0:1 1:2, copy 0:0 1:2, deleteAll"""),
    GROUPS(
        """
        setGrouped 0:2 0:1, setGrouped 0:2 0:1, setGrouped 0:2 0:1, grouped 0:2, deleteGrouped 0:2,
        deleteGrouped 0:2, renameGrouped 0:2 0:2, setTwoGrouped 0:1, replaceGrouped 0:1 1:2 0:1,
        failToReplaceGrouped 0:1 1:2, sizeOfGroup, sizeOfGroup"""),
    LISTS(
        """
        push 0:1 0:9, push 0:1 0:9, pushToBoth 0:9, pop 0:1, move 0:1 0:1, moveHastily 0:1 0:1,
        moveHastily 0:0 1:1, elements 0:1"""),
    LIST_VIEWS(
        """
        viewAdd 0:1 0:2, viewAdd 0:1 0:2, viewPush 0:2, viewPush 0:2, viewSet 0:1 0:2,
        viewRemove 0:1, viewRemoveLast 0:2, viewPollLast, viewed"""),
    SCORE_VIEWS(
        """
        putScore 0:1, putScoreIfAbsent 0:1, replaceScore 0:1 0:1, removeScore 0:1, mergeScore 0:1,
        mergeScore 0:1, viewedScore"""),
    FIELDS(
        """
        putField 0:2 1:2, putField 0:2 1:2, putFieldIfAbsent 0:2 1:2, field 0:2, field 0:2,
        removeField 0:2, incrementField 0:1 1:2, mergeField 0:1 1:2, fields"""),
    MEMBERS(
        """
        addTo 0:1 0:2, addTo 0:1 0:2, removeFrom 0:1 0:2, isIn 0:1 0:2, moveMember 0:1 0:1 0:2,
        unionInto 0:1, membersOf 0:1""");

    private final String operations;

    Kind(String operations) {
      this.operations = operations;
    }

    String any(SplittableRandom random) {
      List<String> all = List.of(operations.split(",\\s+", -1));
      return all.get(random.nextInt(all.size()));
    }
  }

  private final SplittableRandom random;
  private final int threads;
  private final int perThread;

  Scenarios(long seed, int threads, int perThread) {
    this.random = new SplittableRandom(seed);
    this.threads = threads;
    this.perThread = perThread;
  }

  /** Returns a scenario of a kind. */
  ExecutionScenario next(Kind kind) {
    List<List<Actor>> parallel = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      List<Actor> actors = several(kind, perThread);
      if (kind == Kind.EXPIRING && thread == 0) {
        actors.set(random.nextInt(perThread), actor("advance"));
      }
      parallel.add(actors);
    }
    return new ExecutionScenario(several(kind, 2), parallel, several(kind, 2), null);
  }

  private List<Actor> several(Kind kind, int count) {
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      actors.add(actor(kind.any(random)));
    }
    return actors;
  }

  /** Returns scenarios in which threads park, each with who wakes them in the end. */
  List<ExecutionScenario> parking() {
    return List.of(
        parking(List.of("popMinPatiently 0:0"), List.of("addMember 0:0 1:1 1:1")),
        parking(
            List.of("popMinPatiently 0:0"),
            List.of("popMinPatiently 0:0"),
            List.of("addMember 0:0 0:0 1:1", "addMember 0:0 2:2 2:2")),
        parking(
            List.of("popMinPatiently 0:0", "popMinPatiently 0:0"),
            List.of("addMember 0:0 0:0 1:1", "addMember 0:0 1:1 1:1")),
        parking(List.of("popAnyPatiently"), List.of("addMember 0:0 0:0 1:1", "range 0:0")),
        parking(
            List.of("popAnyPatiently"),
            List.of("addMember 0:0 0:0 1:1"),
            List.of("addMember 1:1 1:1 1:1")),
        parking(List.of("popAnyPatiently"), List.of("addToBothSets 2:2 1:1", "size")),
        parking(
            List.of("popAnyPatiently", "popMin 0:0"),
            List.of("popMinPatiently 0:0"),
            List.of("addToBothSets 1:1 1:1", "addMember 0:0 0:0 1:1")),
        parking(List.of("movePatiently 0:0 1:1", "elements 1:1"), List.of("push 0:0 1:1")),
        parking(
            List.of("movePatiently 0:0 1:1"),
            List.of("popPatiently 1:1"),
            List.of("push 0:0 1:1", "elements 0:0")),
        parking(
            List.of("movePatiently 0:0 1:1"),
            List.of("movePatiently 1:1 0:0", "elements 1:1"),
            List.of("push 0:0 1:1")),
        parking(
            List.of("movePatiently 0:0 1:1"),
            List.of("movePatiently 1:1 0:0", "pop 0:0"),
            List.of("pushToBoth 2:2")),
        parking(List.of("popMinPatiently 0:0", "get 0:0"), List.of("close")),
        parking(List.of("popAnyPatiently"), List.of("addMember 1:1 0:0 0:0", "close")));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  private ExecutionScenario parking(List<String>... parallel) {
    return new ExecutionScenario(
        List.of(),
        Arrays.stream(parallel).map(each -> each.stream().map(this::actor).toList()).toList(),
        List.of(actor("sizeOfSet 0:0"), actor("sizeOfSet 1:1")),
        null);
  }

  private Actor actor(String operation) {
    String[] words = operation.split(" ", -1);
    List<Object> arguments = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      String[] range = words[i].split(":", -1);
      arguments.add(random.nextInt(Integer.parseInt(range[0]), Integer.parseInt(range[1]) + 1));
    }
    return new Actor(method(words[0], arguments.size()), arguments);
  }

  private static Method method(String name, int parameters) {
    return Arrays.stream(StoreOperations.class.getMethods())
        .filter(each -> each.getName().equals(name) && each.getParameterCount() == parameters)
        .findAny()
        .orElseThrow();
  }
}
