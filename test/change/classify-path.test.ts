import { describe, expect, test } from 'vitest'
import type { PathRole } from '../../src/change/change.ts'
import { classifyPath, isFixturePath } from '../../src/change/classify-path.ts'

const PATHS: Readonly<Record<PathRole, string>> = {
  source: `
    upgrade-2.0.0.js steps/release-1.2.3.js
    src/a.ts web/App.tsx app/models/order.rb cmd/main.go lib/a.py src/Main.java a.rs x.php Foo.cs a.swift a.kt a.scala a.ex
    contest.ts src/latest/a.ts attestation.go src/testimonials/a.tsx protest.py greatest.rb Latest.java Contest.cs
    fastest/x.go src/spec-sheet.ts inspect.py src/inspector/a.go pkg/testing.go api/spec/v1.py model/PodSpec.java
    src/ab-test.ts lib/ab_test.rb src/ABTest.swift Audit.java Edit.kt EXIT.java domain/OrderSpec.cs Test.php
    src/commands/test.ts src/test.rs src/openapi/spec.ts src/snapshots/manager.go src/fixturesList.ts
    src/vendor/vendor.service.ts app/models/vendor/order.rb src/distance/a.ts src/builder/a.ts build/webpack.js src/gen/main.go
    src/generator.ts generate.py regenerated.py src/locked.ts clock.go src/docs/docs.service.ts com/example/demo/A.java
    src/examples.ts app/migrations.py src/migrations/index.ts migrations/__init__.py shop/order/migrations/tasks/v3.py
    src/migrate/runner.go src/config.ts src/config/index.ts app/settings/views.py lib/settings.rb emigrate/a.ts
    src/immigration/001.ts db/seeds.rb schema.sql news.py types.d.ts scripts/release.sh views/a.html
  `,
  test: `
    a.test.ts a.spec.tsx a-test.js a_test.ts a.cy.ts a.e2e-spec.ts a.test-d.ts a.bench.ts src/__tests__/a.ts test/a.js
    cypress/support/a.ts e2e/login.ts test.js src/setupTests.ts vitest.setup.ts src/test-utils.tsx src/testHelpers.js test_a.py a_test.py app/tests.py
    app/tests/factories.py conftest.py a_test.go mock_store.go internal/testutil/db.go src/test/java/A.java OrderTest.java
    OrderTests.java APITest.kt OrderIT.java src/commonTest/kotlin/A.kt src/androidTest/A.kt OrderTestCase.groovy
    spec/models/a_spec.rb spec/support/a.rb a_spec.rb test/a_test.rb features/a.feature spec/a.js Shop.Tests/Fakes.cs
    Shop.IntegrationTests/A.cs ATests.cs Tests/A.swift ShopUITests/A.swift OrderTest.php AcmeCest.php tests/Feature/A.php
    tests/a.rs src/tests.rs a_test.rs a_test.exs test/support/a.ex a_unittest.cc test_a.cpp a_test.dart core_test.clj
    a_SUITE.erl OrderSpec.hs a.bats t/a.t Deploy.Tests.ps1 main.tftest.hcl __mocks__/fs.js a.robot
    tests/fixtures/a.ts fixtures/users.yml Fixtures/A.php pkg/testdata/src/a.go src/__fixtures__/a.ts src/__snapshots__/a.txt
    test/migrations/0001_a.py tests/config.yml test/README.md
  `,
  migration: `
    db/migrate/20260101000000_add.rb db/post_migrate/20260101_a.rb shop/order/migrations/0001_initial.py
    alembic/versions/ab12cd_add.py migrations/versions/ab12_add.py src/main/resources/db/migration/V2__add.sql
    sql/R__views.sql db/migration/V1__Add.java db/changelog/db.changelog-1.xml src/main/resources/db/changelog/001.yaml
    liquibase/a.xml migrations/20260101_add.js src/migrations/1700000000000-Add.ts prisma/migrations/20260101_a/migration.sql
    packages/database/migration/20260101_add/migration.ts drizzle/0001_add.sql migrations/1_add.up.sql x/1_add.down.sql
    migrations/20260101_add.go db/migrations/20260101_a.sql Migrations/20260101_Add.cs Migrations/M0001_Add.cs
    database/migrations/2026_01_01_000000_add.php migrations/Version20260101.php priv/repo/migrations/20260101_a.exs
    migrations/2026-01-01_a/up.sql migration/src/m20260101_000001_a.rs migrations/V1__a.rs deploy/users.sql
    supabase/migrations/2026_a.sql conf/evolutions/default/1.sql
  `,
  config: `
    .env .env-local .env.production config/.env.example prod.env docker-compose.yml Dockerfile Dockerfile.web api.Dockerfile
    k8s/deploy.yaml charts/a/values-prod.yaml charts/a/templates/a.yaml main.tf prod.tfvars appsettings.Production.json
    application-prod.yml application.properties pom.xml src/main/resources/logback-spring.xml web.config a.csproj
    pyproject.toml setup.cfg tox.ini package.json tsconfig.json .eslintrc.js .prettierrc .gitignore src/.gitignore
    .github/workflows/ci.yml .github/CODEOWNERS Jenkinsfile Procfile fly.toml wrangler.jsonc nginx.conf conf.d/a.conf
    settings.py app/settings/production.py settings_prod.py config/environments/production.rb config/puma.rb config/app.php
    config/runtime.exs config/default.js config/production.ts src/environments/environment.prod.ts next.config.mjs
    vite.config.ts serverless.ts requirements.txt requirements-dev.txt go.mod Cargo.toml Gemfile Makefile CMakeLists.txt
  `,
  docs: `
    README.md docs/a.ts docs/conf.py LICENSE LICENSE-MIT License.txt CHANGELOG a.rst a.adoc examples/a.go packages/x/examples/a.ts
    CONTRIBUTING.md man/a.1 src/Button.stories.tsx demo/index.html web/.storybook/main.js
  `,
  lock: `
    package-lock.json web/yarn.lock pnpm-lock.yaml bun.lockb poetry.lock uv.lock Pipfile.lock Gemfile.lock go.sum Cargo.lock
    composer.lock gradle.lockfile packages.lock.json mix.lock pubspec.lock Podfile.lock Package.resolved flake.lock
    .terraform.lock.hcl Chart.lock atlas.sum
  `,
  generated: `
    api/a.pb.go a.pb.gw.go a_pb2.py a_pb2_grpc.py a_pb.js a_grpc_pb.d.ts a.pb.cc zz_generated.deepcopy.go a_generated.go a.gen.ts
    a.generated.ts generated/a.ts src/__generated__/a.ts a.g.dart a.freezed.dart A.g.cs A.Designer.cs ShopModelSnapshot.cs
    a.min.js a.min.css app.bundle.js app.js.map dist/index.js packages/x/dist/a.js src/__snapshots__/a.test.ts.snap
    tests/__snapshots__/a.ambr db/schema.rb db/structure.sql drizzle/meta/0001_snapshot.json .next/server/a.js wire_gen.go
    next-env.d.ts web/styled-system/css/css.mjs
  `,
  vendored: `
    node_modules/x/index.js vendor/github.com/x/y.go services/a/vendor/golang.org/x/y.go vendor/assets/a.js third_party/x.c
    app/assets/vendor/a.js static/vendor/x.js backend/vendor/composer/a.php backend/vendor/autoload.php Pods/X/a.m
    .yarn/releases/yarn.cjs gradlew gradle/wrapper/gradle-wrapper.properties mvnw .venv/lib/x.py lib/python/site-packages/x.py
    js/lib/when-3.7.8.js static/jquery-1.12.4.min.js
  `,
  other: `
    logo.png a.svg data.csv locales/en.json config/locales/en.yml openapi.yaml a.schema.json a.css style.scss data/countries.json
    report.xml robots.txt a.po favicon.ico install messages/de.json
  `,
}

describe.each(Object.entries(PATHS))('%s', (role, paths) => {
  test.each(paths.split(/\s+/).filter((path) => path !== ''))('%s', (path) => {
    expect(classifyPath(path)).toBe(role)
  })
})

describe('what .gitattributes says goes first', () => {
  test.each([
    ['src/a.ts', { generated: true }, 'generated'],
    ['a.pb.go', { generated: false }, 'source'],
    ['src/a.ts', { vendored: true }, 'vendored'],
    ['vendor/a.go', { vendored: false }, 'source'],
    ['src/a.ts', { documentation: true }, 'docs'],
    ['docs/a.ts', { documentation: false }, 'source'],
    ['a.test.ts', { documentation: false }, 'test'],
  ] as const)('%s %j', (path, attributes, role) => {
    expect(classifyPath(path, attributes)).toBe(role)
  })
})

test('fixtures are known from tests', () => {
  const paths = [
    'tests/fixtures/a_test.go',
    'testdata/a.ts',
    'src/__fixtures__/a.ts',
    'a.snap',
    'tests/a.ts',
    'src/a.ts',
  ]
  expect(paths.filter(isFixturePath)).toEqual(paths.slice(0, 4))
})

test('hostile paths cost linear time', () => {
  const start = performance.now()
  for (const part of ['drizzle/', 'config/', 'a.', 'a-', 'vendor/a.', 'test_', 'x_migrate/', '1_', 'environments/']) {
    classifyPath(`${part.repeat(20_000)}!`)
  }
  expect(performance.now() - start).toBeLessThan(1_000)
})
