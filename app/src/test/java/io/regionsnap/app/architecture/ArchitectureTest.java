package io.regionsnap.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The direction of dependencies, here where every class is visible. The modules' poms say the same
 * first; this also sees what a pom cannot, packages within a module.
 *
 * <p>A rule over an empty package fails (ArchUnit's default), and so does one that its violation
 * does not fail.
 */
class ArchitectureTest {
  private static final String ROOT = "io.regionsnap";
  private static final String BAD = "io.regionsnap.app.architecture.violations";

  private static final JavaClasses PRODUCTION = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages(ROOT);

  private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(BAD);

  /** A rule that can be asked of our packages, and of a copy of them with violations. */
  enum Rule {
    PORTS_NEED_THE_JDK_ALONE {
      @Override
      ArchRule in(String root) {
        return classes()
            .that()
            .resideInAPackage(root + ".ports..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(root + ".ports..", "java..", "org.jspecify..");
      }
    },
    DOMAIN_NEEDS_PORTS_ALONE {
      @Override
      ArchRule in(String root) {
        return classes()
            .that()
            .resideInAPackage(root + ".domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                root + ".domain..",
                root + ".ports..",
                "java.io..",
                "java.lang..",
                "java.math..",
                "java.nio",
                "java.nio.charset..",
                "java.security",
                "java.time..",
                "java.util..",
                "org.jspecify..");
      }
    },
    DIALECT_NEEDS_PORTS_ALONE {
      @Override
      ArchRule in(String root) {
        return classes()
            .that()
            .resideInAPackage(root + ".redis..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(root + ".redis..", root + ".ports..", "java..", "org.jspecify..");
      }
    },
    ADAPTERS_DO_NOT_KNOW_EACH_OTHER {
      @Override
      ArchRule in(String root) {
        return slices().matching(root + ".adapters.(*)..").should().notDependOnEachOther();
      }
    },
    ADAPTERS_OF_STORES_DO_NOT_KNOW_THE_DOMAIN {
      @Override
      ArchRule in(String root) {
        return noClasses()
            .that()
            .resideInAPackage(root + ".adapters..")
            .and()
            .resideOutsideOfPackage(root + ".adapters.json..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(root + ".domain..");
      }
    },
    NOBODY_KNOWS_THE_APP {
      @Override
      ArchRule in(String root) {
        return noClasses()
            .that()
            .resideInAnyPackage(
                root + ".adapters..", root + ".domain..", root + ".ports..", root + ".redis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".app");
      }
    },
    NO_CYCLES_OF_PACKAGES {
      @Override
      ArchRule in(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
      }
    },
    NOTHING_PRINTS_BUT_THE_CONSOLE {
      @Override
      ArchRule in(String root) {
        return noClasses()
            .that()
            .resideInAPackage(root + "..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
      }
    };

    abstract ArchRule in(String root);
  }

  @ParameterizedTest
  @EnumSource
  void rule_holds(Rule rule) {
    rule.in(ROOT).check(PRODUCTION);
  }

  @ParameterizedTest
  @EnumSource
  void rule_itsViolation_failsIt(Rule rule) {
    assertThat(rule.in(BAD).evaluate(VIOLATIONS).hasViolation()).isTrue();
  }

  @Test
  void everyModule_isSeen() {
    for (String module : List.of(
        "ports",
        "domain",
        "redis.dialect",
        "adapters.json",
        "adapters.inmemory",
        "adapters.redis",
        "adapters.upstash",
        "app")) {
      assertThat(PRODUCTION.that(
              com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                  ROOT + "." + module)))
          .as(module)
          .isNotEmpty();
    }
  }
}
