import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compileScope, ScopeError } from '../../change/path-scope.ts'
import { writeRehearsal } from '../../facts/migration/evidence/write-rehearsal.ts'
import { type GitRepository, openRepository } from '../../git/open-repository.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { complain } from './output.ts'
import { Refusal, systemReason } from './refusal.ts'

export interface RehearseOptions {
  readonly what: readonly string[]
  readonly repo: string
  readonly dataChecked?: string
  readonly environment?: string
  readonly by?: string
  readonly link?: string
}

/** More files than this in one record are a folder: the record names the folder then. */
const MAX_FILES = 50

/** Runs the team's own command for the way back, times it, and leaves a record. A failed run leaves one too: it is no proof. */
export async function rehearseCommand(command: readonly string[], options: RehearseOptions): Promise<ExitCode> {
  const [program, ...args] = command
  if (program === undefined)
    throw new Refusal(
      'There is no command. Write it behind two dashes: airworthy rehearse --what db/migrate -- bin/rails db:rollback',
    )
  const repository = await openRepository(options.repo)
  try {
    if (repository.workTree === null)
      throw new Refusal('A record needs a work tree to be written into; this repository is bare.')
    const commit = await headCommit(repository)
    const files = await rehearsedFiles(repository, options.what)
    const started = Date.now()
    const exitCode = await run(program, args)
    const record = writeRehearsal({
      what: options.what,
      when: new Date(started).toISOString(),
      commit,
      seconds: Math.round((Date.now() - started) / 100) / 10,
      exitCode,
      command: command.join(' '),
      environment: options.environment ?? null,
      dataChecked: options.dataChecked ?? null,
      by: options.by ?? null,
      link: options.link ?? null,
      files,
    })
    write(join(repository.workTree, record.path), record.text)
    complain(
      exitCode === 0
        ? `wrote ${record.path}. Commit it, and the review counts it.`
        : `the command ended with ${exitCode}: ${record.path} says so, and proves nothing.`,
    )
    return exitCode === 0 ? EXIT.ok : EXIT.policyNotMet
  } finally {
    await repository.close()
  }
}

async function headCommit(repository: GitRepository): Promise<string> {
  const answer = await repository.run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])
  if (answer.code !== 0) throw new Refusal('There is no commit yet. Commit what is rehearsed first.')
  return answer.stdout.toString('latin1').trim()
}

/** Blob ids of what is in HEAD: a later edit of one of them voids the record. */
async function rehearsedFiles(
  repository: GitRepository,
  what: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const scope = scopeOf(what)
  const answer = await repository.run(['ls-tree', '-r', '-z', 'HEAD'])
  const files = answer.stdout
    .toString('utf8')
    .split('\0')
    .flatMap((entry) => {
      const match = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(entry)
      return match?.[1] && match[2] && scope.matches(match[2]) ? [[match[2], match[1]] as const] : []
    })
  if (files.length === 0)
    throw new Refusal(
      `Nothing in HEAD is named ${what.join(', ')}. Write the path of the migration, its folder, or a glob.`,
    )
  return Object.fromEntries(files.length > MAX_FILES ? [] : files)
}

function scopeOf(what: readonly string[]): ReturnType<typeof compileScope> {
  try {
    return compileScope(what)
  } catch (error) {
    if (error instanceof ScopeError) throw new Refusal(error.message)
    throw error
  }
}

function run(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit' })
    child.on('error', (error) => reject(new Refusal(`Cannot run ${program}: ${systemReason(error)}.`)))
    // A command that a signal ended has no exit code: 128 and more is what a shell would say.
    child.on('close', (code) => resolve(code ?? 128))
  })
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } catch (error) {
    throw new Refusal(`Cannot write ${file}: ${systemReason(error)}.`)
  }
}
