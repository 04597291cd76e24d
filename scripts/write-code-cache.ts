import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { catalogFromSources } from '../src/entrypoints/catalog-from-sources.ts'
import { codeCacheOf, runBundle } from '../src/entrypoints/run-bundle.ts'
import { EXPOSED, SERVICE } from './demo-service.ts'
import { createExampleRepository } from './example-repository.ts'

const EXTENSIONS = { go: 'go', python: 'py', typescript: 'ts' } as const

/**
 * Lets the built command line in `folder` review examples, and keeps what V8 compiled meanwhile beside it. Another Node than
 * this one compiles for itself, so that it is of no use in a package or on the release branch.
 */
export async function writeCodeCache(folder: string): Promise<void> {
  // Where there is no git, nobody reviews by the command line.
  if (spawnSync('git', ['--version']).error !== undefined) return
  const bundle = join(folder, 'cli', 'main.cjs')
  const temporary = mkdtempSync(join(tmpdir(), 'airworthy-build-'))
  const repository = join(temporary, 'repository')
  try {
    mkdirSync(repository)
    const branch = createExampleRepository(repository, 'Before', { ...SERVICE, ...examples('no') })
    branch('change', 'After', { ...EXPOSED, ...examples('yes') })
    const { main, script } = runBundle(bundle, null)
    for (const format of ['terminal', 'json']) {
      const output = join(temporary, format)
      await main(['review', 'main...change', '--repo', repository, '--format', format, '--output', output])
    }
    writeFileSync(codeCacheOf(bundle), script.createCachedData())
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

/** The catalog's examples, in three languages, as files. */
function examples(side: 'yes' | 'no'): Readonly<Record<string, string>> {
  const { entryPoints, flags, signals, clients } = catalogFromSources()
  return Object.fromEntries(
    [...entryPoints, ...flags, ...signals, ...clients].flatMap(({ id, examples }) =>
      examples.map((one, at) => [`src/${id}/example-${at}.${EXTENSIONS[one.language]}`, one[side]] as const),
    ),
  )
}
