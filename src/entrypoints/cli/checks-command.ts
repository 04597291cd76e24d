import { checks } from '../../checks/index.ts'
import { checkIds } from '../../review/review.ts'
import { policyWithoutFile } from '../base-policy.ts'
import { print } from './output.ts'

export async function checksCommand(options: { readonly markdown?: boolean }): Promise<void> {
  await print(options.markdown === true ? await checksTable() : checksList())
}

function checksList(): string {
  const width = Math.max(...checkIds().map((id) => id.length))
  const rows = checkIds().map((id) => `${id.padEnd(width)}  ${checks[id].question}\n`)
  return `${rows.join('')}\nMore about one: airworthy explain ${checkIds()[0]}\n`
}

/** The table in README.md: a row per check, with its level in the preset `recommended`. */
export async function checksTable(): Promise<string> {
  const resolved = await policyWithoutFile()
  if ('problems' in resolved) throw new Error('the preset recommended has problems')
  const rows = checkIds().map((id) => {
    const { level } = resolved.policy.checks[id]
    return `| [\`${id}\`](src/checks/${id}/README.md) | ${checks[id].question} | ${level} |\n`
  })
  return `| Check | It asks | In \`recommended\` |\n| --- | --- | --- |\n${rows.join('')}`
}
