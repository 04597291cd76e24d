import { EXIT_CODE_HELP } from './exit-code.ts'

export const PROGRAM_HELP = `
Examples:
  airworthy review                          this branch, against the branch it left
  airworthy review main...feature           what feature did since it left main
  airworthy review --staged                 what the next commit would change
  airworthy explain error-paths             what a check looks for, and how to cover it
  airworthy init                            start a policy for your team
${EXIT_CODE_HELP}`

export const REVIEW_HELP = `
Examples:
  airworthy review                                     this branch, against the branch it left
  airworthy review main...feature                      what feature did since it left main
  airworthy review --base v1.2.0 --head HEAD           the same, with names
  airworthy review --working-tree                      what is not committed yet
  git diff main | airworthy review --diff -            a diff, with nothing around it
  airworthy review --format sarif --output review.sarif
  git log --min-parents=1 --format='%H^1 %H' --first-parent -50 | airworthy review --stdin

The policy is that of the base: its .github/airworthy.yml, or the preset recommended in advise mode if it has none.
A range means the same with two dots and with three: what the head did since it left the base, as on a pull request.

With --stdin, each line holds a base and a head, and each gets one line of JSON, in order. A line that could not be
reviewed gets {"error": …}, and the next one follows. At the end: 2 if one could not be reviewed, else 1 if one failed.
${EXIT_CODE_HELP}`

export const POLICY_HELP = `
Examples:
  airworthy policy check                    is .github/airworthy.yml valid?
  airworthy policy show team.yml            what holds in the end, presets included
  airworthy policy schema > .github/airworthy.schema.json
`

export const DOCTOR_HELP = `
Examples:
  GITHUB_TOKEN=$(gh auth token) airworthy doctor acme/web
  airworthy doctor acme/web --branch release

The token is only read with. An administrator's sees more: classic branch protection is hidden from others.

Exit codes:
  0  nothing is wrong
  1  something will not work
  2  it could not look
`
