import { type PathParts, words } from './path-parts.ts'

/** Whole names of folders that hold tests, their helpers, or their data. A part of a word is none: `latest`, `contest`. */
const TEST_FOLDERS = words(`
  test tests __tests__ __test__ unittest unittests unit-tests unit_tests e2e e2e-tests e2e_tests cypress
  integration-tests integration_tests integrationtests functional-tests functional_tests acceptance acceptance-tests
  acceptance_tests api-tests testing-utils test-utils test_utils testutil testutils testhelper testhelpers
  test-helpers test_helpers test-support test_support testsuite testsuites test-suite smoke-tests load-tests loadtest
  loadtests perf-tests performance-tests __mocks__ mocks step_definitions testlib test-lib __specs__ benches
`)
const DATA_FOLDERS = words(`
  fixtures fixture Fixtures __fixtures__ testdata test-data test_data test-files test_files testFixtures testfixtures test-fixtures test_fixtures __snapshots__
  __image_snapshots__ __recordings__ cassettes vcr_cassettes
`)
/** Below these, `testing` holds what tests use; elsewhere it may be a part of the product. */
const CODE_ROOTS = words('src lib app pkg internal core')
/** Folders that are only tests for some languages: elsewhere `spec` holds specifications and `t` anything. */
const SPEC_LANGUAGES = words('rb js jsx ts tsx mjs cjs mts cts coffee cr lua')
const SCRIPT_EXTENSIONS = words('js jsx ts tsx mjs cjs mts cts coffee vue svelte')

/** `functional_tests_fixtures`, `e2e-test-helpers`. */
const TEST_HELP = /(?:^|[_-])tests?[_-](?:fixtures?|data|support|utils|helpers)$/
/** `.NET` and Swift projects of tests: `Shop.Tests`, `Shop.IntegrationTests`, `ShopUITests`, `Tests`. */
const TEST_PROJECT = /^(?:Tests?|.*(?:[a-z0-9.]|UI)Tests|.*\.(?:Test|Specs?|UnitTests?|IntegrationTests?))$/
/** Gradle's source sets: `src/test`, `src/commonTest`, `src/androidTest`, and Maven's `src/it`. */
const SOURCE_SET = /^(?:it|[a-zA-Z0-9]+Test|[a-zA-Z0-9]+Tests)$/
/** `a.test.ts`, `a-spec.js`, `a_test.ts`, `a.cy.ts`, `a.e2e-spec.ts`, `a.test-d.ts`, `a.bench.ts`. */
const SCRIPT_TEST = /[._-](?:test|tests|spec|specs|e2e|cy|e2e-[a-z]+|int-spec|test-d|bench)$/
const PYTHON_TEST = /^(?:test_.*|.*_tests?|tests|conftest)$/
/** Camel case: `OrderTest`, `OrderTests`, `APITest`; not `Contest`, `Latest`, nor the A/B test of a product. */
const CAMEL_TEST = /[A-Za-z0-9_](?:Test|Tests|TestCase|TestSuite|TestBase|TestUtils)$/
const PRODUCT_TEST = /(?:^|[._-])(?:ab|a[_-]b|split)[._-]tests?$|A[Bb]Tests?$/

/** Data for tests: it may look like source, and is none. */
export function isTestData({ folders, extension }: PathParts): boolean {
  return extension === 'snap' || extension === 'ambr' || folders.some((folder) => DATA_FOLDERS.has(folder))
}

/** Tests, what helps them, and their data, by the conventions of each language. */
export function isTestPath(parts: PathParts): boolean {
  const { folders, stem, extension } = parts
  if (isTestData(parts) || folders.some(isTestFolder)) return true
  if (folders.some((folder, at) => folders[at - 1] === 'src' && SOURCE_SET.test(folder))) return true
  if (folders.some((folder, at) => folder === 'testing' && CODE_ROOTS.has(folders[at - 1] ?? ''))) return true
  if (SPEC_LANGUAGES.has(extension) && folders.some((folder) => folder === 'spec' || folder === 'specs')) return true
  if (SCRIPT_EXTENSIONS.has(extension)) {
    if (folders.length === 0 && /^tests?$/.test(stem)) return true
    const isSetup = /^(?:setupTests?|(?:jest|vitest|mocha)[.-]setup|test[-_]?(?:[uU]tils?|[hH]elpers?|[sS]etup))$/.test(
      stem,
    )
    return isSetup || (SCRIPT_TEST.test(stem) && !PRODUCT_TEST.test(stem))
  }
  switch (extension) {
    case 'py':
    case 'pyi':
      return PYTHON_TEST.test(stem)
    case 'go':
      return /_test$|_mock$|^mock_/.test(stem) || folders[0] === 'integration'
    case 'rb':
    case 'cr':
      return /_(?:spec|test)$|^(?:spec|test|rails)_helper$/.test(stem) && !PRODUCT_TEST.test(stem)
    case 'java':
    case 'kt':
    case 'kts':
    case 'scala':
    case 'groovy':
      return isCamelTest(stem) || /[a-z0-9](?:IT|ITCase)$/.test(stem)
    case 'cs':
    case 'fs':
    case 'vb':
    case 'swift':
    case 'm':
    case 'mm':
      return isCamelTest(stem)
    case 'php':
      return isCamelTest(stem) || /[a-z0-9](?:Cest|Cept)$/.test(stem)
    case 'rs':
      return /^tests$|_tests?$/.test(stem)
    case 'c':
    case 'cc':
    case 'cpp':
    case 'cxx':
    case 'h':
    case 'hpp':
      return /_(?:test|tests|unittest|unittests|benchmark)$|^test_/.test(stem) || isCamelTest(stem)
    case 'ex':
    case 'exs':
    case 'dart':
    case 'clj':
    case 'cljs':
    case 'cljc':
      return /_test$|^test_helper$/.test(stem)
    case 'erl':
      return /_(?:SUITE|tests?)$/.test(stem)
    case 'hs':
      return /[a-z0-9]Spec$/.test(stem)
    case 'lua':
    case 'jl':
      return /_spec$|^runtests$/.test(stem)
    case 'ps1':
      return stem.endsWith('.Tests')
    case 't':
      return folders.includes('t')
    case 'bats':
    case 'feature':
    case 'robot':
      return true
    case 'hcl':
    case 'json':
      return /\.(?:tftest|tfmock)$/.test(stem)
    default:
      return false
  }
}

function isTestFolder(folder: string): boolean {
  // Most folders are in lower case: a look at the letter spares most of them the pattern.
  if (TEST_FOLDERS.has(folder) || (/[TS]/.test(folder) && TEST_PROJECT.test(folder))) return true
  return folder.includes('test') && TEST_HELP.test(folder)
}

function isCamelTest(stem: string): boolean {
  return CAMEL_TEST.test(stem) && !PRODUCT_TEST.test(stem)
}
