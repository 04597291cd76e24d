/**
 * The policy that `airworthy init` writes: the preset `recommended`, with every key explained. A line that starts with `# ` is
 * prose; a line that starts with `#` and a key is a setting, ready to be switched on.
 */
export const POLICY_TEMPLATE = `# yaml-language-server: $schema=./airworthy.schema.json
# For completion in your editor, run: airworthy policy schema > .github/airworthy.schema.json
# Else remove the line above. "airworthy policy check" says what is wrong with this file,
# "airworthy policy show" what holds in the end.
# A pull request is judged by the policy of its base branch, never by its own.

version: 1

# What this builds on: recommended, strict, advisory, or a file of this repository such as ./base.yml.
# What follows is laid over it: keys merge, lists replace.
extends: recommended

# enforce: the verdict is pass or fail. advise: the same review, and nothing is ever blocked.
mode: enforce

# What it means on GitHub when Airworthy itself fails. block: not mergeable until it answers. allow: said, never blocking.
#onError: block

# Labels on GitHub: the one of the verdict is set, the others named here are removed. No other label is touched.
#labels: { pass: airworthy, fail: needs evidence, advise: read the review }

# The review fails when the confidence (0 to 100) is below this.
#confidence: { pass: 80 }

# Points of confidence that an uncovered exposure takes, by severity, 0 to 90.
#prices: { low: 0, medium: 8, high: 20, critical: 40 }

# The environments whose configuration must agree.
#environments: [production, staging]

# The journeys that pay the rent. Exposures in their code cost factor times as much, 1 to 10.
#critical:
#  - { name: checkout, paths: ["services/checkout/**"], factor: 2 }

# Files that are not reviewed at all.
#ignore: ["**/generated/**"]

# off: not run. note, warn: said. block: an uncovered exposure of medium or more fails the review.
# A level alone, or a level with options.
#checks:
#  error-paths:
#    level: warn
#    options:
# Code that fails in front of the person who started it: never more than low.
#      tools: ["**/scripts/**", "**/bin/**"]

# Other levels for some paths. The last entry that matches wins.
#overrides:
#  - { paths: ["internal/tools/**"], checks: { error-paths: note } }

# Libraries of your own, besides those that Airworthy knows: frameworks (entryPoints), flag SDKs (flags), logs and metrics
# (signals), calls to other systems (clients), what watches without a line of code (instruments).
#catalog:
#  flags:
#    - { id: acme, title: Acme flags, languages: [typescript], modules: ["@acme/flags"], checks: [isLit] }
`
