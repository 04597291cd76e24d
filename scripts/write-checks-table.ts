/** `npm run docs`: writes the table of checks into README.md, between its marks. */
import { readFileSync, writeFileSync } from 'node:fs'
import { checksTable } from '../src/entrypoints/cli/checks-command.ts'

const START = '<!-- checks: `npm run docs` writes this table -->\n'
const END = '<!-- end of checks -->'

const page = readFileSync('README.md', 'utf8')
const from = page.indexOf(START)
const to = page.indexOf(END)
if (from < 0 || to < from) throw new Error('README.md has lost the marks around the table of checks')
writeFileSync('README.md', page.slice(0, from + START.length) + (await checksTable()) + page.slice(to))
