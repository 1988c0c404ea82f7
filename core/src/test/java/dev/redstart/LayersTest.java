// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The rules of the house that the compiler does not check.
 *
 * <p>They say who may see whom, and what nobody may do; each holds for packages that do not exist
 * yet. Immutable.
 */
class LayersTest {
  private static final String ROOT = "dev.redstart";
  private static final String SPI = "dev.redstart.spi..";

  /** From the lowest up: each sees those before it, the SPI and the root. */
  private static final List<String> LAYERS =
      Stream.of("text", "structure", "journal", "keyspace", "operation", "command", "local")
          .map(name -> "dev.redstart." + name + "..")
          .toList();

  /** Numbers and globs are for everybody, as the SPI is: the codecs of the root print by them. */
  private static final List<String> LAYERS_ABOVE_TEXT = LAYERS.subList(1, LAYERS.size());

  private static final List<String> LAYERS_BELOW_LOCAL = LAYERS.subList(0, LAYERS.size() - 1);

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  // Who sees whom.

  @Test
  void classes_imported_areSome() {
    assertFalse(CORE.isEmpty());
  }

  @Test
  void classes_all_resideInAKnownLayer() {
    String[] known = Stream.concat(Stream.of(ROOT, SPI), LAYERS.stream()).toArray(String[]::new);
    check(classes().should().resideInAnyPackage(known));
  }

  @ParameterizedTest
  @FieldSource("LAYERS_BELOW_LOCAL")
  void layer_each_seesNothingAbove(String layer) {
    List<String> above = LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size());
    check(noClasses().that().resideInAPackage(layer).should().dependOnClassesThat(in(above)));
  }

  @Test
  void spi_all_seesRootOnly() {
    check(noClasses().that().resideInAPackage(SPI).should().dependOnClassesThat(in(LAYERS)));
    check(
        classes()
            .that()
            .resideInAPackage(SPI)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                ROOT, SPI, "java..", "org.jspecify..", "com.google.errorprone.annotations.."));
  }

  @Test
  void root_allButTheDoor_seesNoLayer() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT)
            .and(not(belongToTheDoor()))
            .should()
            .dependOnClassesThat(in(LAYERS_ABOVE_TEXT)));
  }

  @Test
  void root_theDoor_seesTheAssemblerOnly() {
    check(noClasses().that(belongToTheDoor()).should().dependOnClassesThat(in(LAYERS_BELOW_LOCAL)));
  }

  @Test
  void packages_all_nameARole() {
    check(
        noClasses()
            .should()
            .resideInAnyPackage(
                "..impl..",
                "..util..",
                "..utils..",
                "..common..",
                "..helper..",
                "..helpers..",
                "..manager..",
                "..managers.."));
  }

  @Test
  void jackson_all_isSeenByOneCodec() {
    check(
        noClasses()
            .that(not(belongToTypeNamed("dev.redstart.JsonCodec")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.."));
  }

  @Test
  void fastutil_inExportedSignatures_isAbsent() {
    check(
        members()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(ROOT, SPI)
            .and()
            .areDeclaredInClassesThat(areVisibleOutside())
            .and(isVisibleOutside())
            .should(haveNoTypeOf("it.unimi..")));
    check(
        classes()
            .that()
            .resideInAnyPackage(ROOT, SPI)
            .and(areVisibleOutside())
            .should(haveNoParentOf("it.unimi..")));
  }

  // What nobody does.

  @Test
  void strings_outsideBinaryStrings_areNotConverted() {
    check(
        noClasses()
            .that(not(belongToTypeNamed("dev.redstart.spi.BinaryStrings")))
            .should(accessTargetWhere(convertsTextAndBytes())));
  }

  @Test
  void serialization_all_isNotUsed() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat(
                belongToAnyOf(
                    java.io.Serializable.class,
                    java.io.Externalizable.class,
                    java.io.ObjectInput.class,
                    java.io.ObjectInputStream.class,
                    java.io.ObjectOutput.class,
                    java.io.ObjectOutputStream.class)));
  }

  @Test
  void process_all_isLeftAlone() {
    check(
        noClasses()
            .should(
                accessTargetWhere(
                    named("java.lang.System.exit")
                        .or(named("java.lang.Runtime.exit"))
                        .or(named("java.lang.Runtime.halt"))
                        .as("ends the process"))));
  }

  @Test
  void console_all_isNotUsed() {
    check(
        noClasses()
            .should(
                accessTargetWhere(
                    named("java.lang.System.out")
                        .or(named("java.lang.System.err"))
                        .or(printsAStackTrace())
                        .as("writes to the console"))));
  }

  @Test
  void logging_all_goesThroughSystemLogger() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.apache.."));
  }

  @Test
  void structures_all_knowNoLockAndNoClock() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.redstart.structure..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.concurrent.locks..", "java.time..")
            .orShould(
                accessTargetWhere(
                    named("java.lang.System.currentTimeMillis")
                        .or(named("java.lang.System.nanoTime"))
                        .as("reads a clock"))));
  }

  // What is never static.

  @Test
  void fields_static_areFinal() {
    check(fields().that().areStatic().should().beFinal());
  }

  @Test
  void fields_static_holdNothingMutable() {
    check(fields().that().areStatic().should(haveAnImmutableType()));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CORE);
  }

  private static DescribedPredicate<JavaClass> in(List<String> packages) {
    return resideInAnyPackage(packages.toArray(String[]::new));
  }

  /** Store and its builder, the two that may reach the assembler. */
  private static DescribedPredicate<JavaClass> belongToTheDoor() {
    return belongToTypeNamed("dev.redstart.Store")
        .or(belongToTypeNamed("dev.redstart.StoreBuilder"))
        .as("belong to Store or StoreBuilder");
  }

  /** A type that need not exist yet, with those nested in it. */
  private static DescribedPredicate<JavaClass> belongToTypeNamed(String name) {
    return belongTo(nameMatching(name.replace(".", "\\."))).as("belong to " + name);
  }

  private static DescribedPredicate<JavaAccess<?>> named(String member) {
    return DescribedPredicate.describe(
        member, access -> access.getTarget().getFullName().split("\\(", 2)[0].equals(member));
  }

  private static DescribedPredicate<JavaAccess<?>> printsAStackTrace() {
    return DescribedPredicate.describe(
        "printStackTrace()",
        access ->
            access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getName().equals("printStackTrace")
                && target.getRawParameterTypes().isEmpty()
                && target.getOwner().isAssignableTo(Throwable.class));
  }

  private static DescribedPredicate<JavaAccess<?>> convertsTextAndBytes() {
    return DescribedPredicate.describe(
        "converts between text and bytes",
        access -> {
          if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
            return false;
          }
          String name = target.getName();
          return switch (target.getOwner().getName()) {
            case "java.lang.String" ->
                name.equals("getBytes")
                    || (name.equals("<init>") && takesBytes(target.getRawParameterTypes()));
            case "java.nio.charset.Charset" ->
                Set.of("encode", "decode", "newEncoder", "newDecoder").contains(name);
            default -> false;
          };
        });
  }

  private static boolean takesBytes(List<JavaClass> parameters) {
    return parameters.stream().anyMatch(type -> type.isEquivalentTo(byte[].class));
  }

  private static DescribedPredicate<JavaClass> areVisibleOutside() {
    return DescribedPredicate.describe(
        "are visible outside",
        type ->
            Stream.iterate(type, t -> t.getEnclosingClass().orElse(null))
                .takeWhile(t -> t != null)
                .allMatch(t -> isOpen(t.getModifiers())));
  }

  private static DescribedPredicate<JavaMember> isVisibleOutside() {
    return DescribedPredicate.describe("is visible outside", m -> isOpen(m.getModifiers()));
  }

  private static boolean isOpen(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static ArchCondition<JavaMember> haveNoTypeOf(String packages) {
    return new ArchCondition<>("have no type of " + packages) {
      @Override
      public void check(JavaMember member, ConditionEvents events) {
        Stream<JavaClass> thrown =
            member instanceof JavaCodeUnit unit
                ? unit.getThrowsClause().getTypes().stream()
                : Stream.empty();
        Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown)
            .filter(resideInAPackage(packages))
            .map(type -> member.getDescription() + " shows " + type.getName())
            .forEach(message -> events.add(SimpleConditionEvent.violated(member, message)));
      }
    };
  }

  private static ArchCondition<JavaClass> haveNoParentOf(String packages) {
    return new ArchCondition<>("have no parent of " + packages) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream<JavaType> parents =
            Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        parents
            .flatMap(parent -> parent.getAllInvolvedRawTypes().stream())
            .filter(resideInAPackage(packages))
            .map(parent -> type.getDescription() + " shows " + parent.getName())
            .forEach(message -> events.add(SimpleConditionEvent.violated(type, message)));
      }
    };
  }

  /**
   * Refuses types known to be mutable: ours with a field that is not final, and those of the JDK
   * and fastutil that hold state. An array, or what hides behind an interface, is not seen.
   */
  private static ArchCondition<JavaField> haveAnImmutableType() {
    return new ArchCondition<>("have an immutable type") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        JavaClass type = field.getRawType();
        if (isMutable(type)) {
          String message = field.getDescription() + " holds a mutable " + type.getName();
          events.add(SimpleConditionEvent.violated(field, message));
        }
      }
    };
  }

  private static boolean isMutable(JavaClass type) {
    if (type.isEnum()) { // its constants; Enum itself may have grown a field that is not final
      return type.getFields().stream().anyMatch(field -> isChangeable(field.getModifiers()));
    }
    if (resideInAPackage("dev.redstart..").test(type)) {
      return type.getAllFields().stream().anyMatch(field -> isChangeable(field.getModifiers()));
    }
    boolean isCollection = type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
    return (isCollection && !type.isInterface())
        || resideInAnyPackage(
                "it.unimi..", "java.util.concurrent.atomic..", "java.util.concurrent.locks..")
            .test(type)
        || Stream.of(
                Appendable.class,
                ThreadLocal.class,
                Thread.class,
                java.nio.Buffer.class,
                java.util.Random.class,
                java.util.concurrent.ConcurrentMap.class,
                java.util.Queue.class,
                java.util.concurrent.Executor.class)
            .anyMatch(type::isAssignableTo);
  }

  private static boolean isChangeable(Set<JavaModifier> modifiers) {
    return !modifiers.contains(JavaModifier.STATIC) && !modifiers.contains(JavaModifier.FINAL);
  }
}
