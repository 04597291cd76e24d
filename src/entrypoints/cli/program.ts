import { Command, Option, type OutputConfiguration } from 'commander'
import { packageVersion } from '../assets.ts'
import { oneOf } from './choice.ts'
import type { ExitCode } from './exit-code.ts'
import { DOCTOR_HELP, POLICY_HELP, PROGRAM_HELP, REVIEW_HELP } from './help-texts.ts'
import { complain } from './output.ts'
import type { RehearseOptions } from './rehearse-command.ts'
import { FORMATS } from './report-format.ts'
import type { ReviewOptions } from './review-command.ts'

/**
 * The command line. The code of a command is loaded when it runs.
 * @param end told what the process shall end with, when a command has more to say than success
 */
export function createProgram(end: (code: ExitCode) => void): Command {
  const program = new Command('airworthy')
    .description('Reviews a change before it flies: what is exposed, what covers it, how sure you can be.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .configureOutput(PLAIN_ERRORS)
    .exitOverride()
    .addHelpText('after', PROGRAM_HELP)
  addReview(program, end)
  addChecks(program)
  addPolicy(program)
  addDoctor(program, end)
  addRehearse(program, end)
  return program
}

const PLAIN_ERRORS: OutputConfiguration = {
  outputError: (text) => complain(sentences(text)),
}

/** Commander's `error: unknown option '--stagd'\n(Did you mean --staged?)`, as all else here is said. */
function sentences(text: string): string {
  const [first = '', ...hints] = text.trim().slice('error: '.length).split('\n')
  const said = [
    first.charAt(0).toUpperCase() + first.slice(1),
    ...hints.map((hint) => hint.replace(/^\((.*)\)$/, '$1')),
  ]
  return said.map((sentence) => (/[.?!]$/.test(sentence) ? sentence : `${sentence}.`)).join(' ')
}

function addReview(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('review')
    .description('review a change')
    .argument('[range]', 'BASE...HEAD, or BASE alone for BASE...HEAD')
    .option('--repo <folder>', 'the repository: a work tree or a bare one (default: the one around you)')
    .option('--base <revision>', 'what the change is compared with')
    .option('--head <revision>', 'the change (HEAD if only --base is given)')
    .option('--staged', 'the index against HEAD, or against --base')
    .option('--working-tree', 'the work tree against HEAD, or against --base')
    .option('--diff <file>', 'a unified diff; - reads standard input')
    .option('--stdin', 'review many changes: lines of BASE HEAD on standard input')
    .option('--policy <file>', 'a policy from the disk, in place of the base revision’s own')
    .addOption(new Option('--format <format>', `one of ${FORMATS.join(', ')}`).argParser(oneOf(FORMATS)))
    .option('-o, --output <file>', 'write the report to a file')
    .option('-q, --quiet', 'no report on standard output and no progress: the exit code says it')
    .option('-v, --verbose', 'also list what is low, what is covered and what does not apply (terminal)')
    .addHelpText('after', REVIEW_HELP)
    .action(async (range: string | undefined, options: ReviewOptions & { readonly stdin?: boolean }) => {
      end(
        options.stdin === true
          ? await (await import('./review-stream.ts')).reviewStreamCommand(range, options)
          : await (await import('./review-command.ts')).reviewCommand(range, options),
      )
    })
}

function addChecks(program: Command): void {
  program
    .command('checks')
    .description('list the checks')
    .option('--markdown', 'as the table in README.md')
    .action(async (options: { readonly markdown?: boolean }) => {
      await (await import('./checks-command.ts')).checksCommand(options)
    })
  program
    .command('explain')
    .description('show the page of a check: why, what is exposed, how to cover it')
    .argument('<check>', 'its id, as `airworthy checks` lists it')
    .action(async (id: string) => {
      await (await import('./explain-command.ts')).explainCommand(id)
    })
}

function addPolicy(program: Command): void {
  const policy = program.command('policy').description('check or show a policy').addHelpText('after', POLICY_HELP)
  policy
    .command('check')
    .description('say whether a policy is valid, and all that is wrong with it')
    .argument('[file]', 'a policy (default: .github/airworthy.yml)')
    .action(async (file?: string) => (await import('./policy-command.ts')).policyCheckCommand(file))
  policy
    .command('show')
    .description('print the policy that holds in the end, presets included')
    .argument('[file]', 'a policy (default: .github/airworthy.yml, or what holds without one)')
    .action(async (file?: string) => (await import('./policy-command.ts')).policyShowCommand(file))
  policy
    .command('schema')
    .description('print the JSON Schema of policies, for editors')
    .action(async () => (await import('./policy-command.ts')).policySchemaCommand())
  program
    .command('init')
    .description('write a commented .github/airworthy.yml; one that is there stays as it is')
    .option('--repo <folder>', 'the work tree', '.')
    .action(async ({ repo }: { readonly repo: string }) => (await import('./init-command.ts')).initCommand(repo))
}

function addRehearse(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('rehearse')
    .description('run your command for the way back, time it, and leave a record that covers the rollback check')
    .argument('<command...>', 'the command, behind two dashes')
    .requiredOption('--what <path...>', 'what is rolled back: a migration, its folder, or a glob')
    .option('--data-checked <text>', 'how it was made sure that no data was lost; a lossy step asks for it')
    .option('--environment <name>', 'where it was run: staging, a copy of production')
    .option('--by <name>', 'who ran it')
    .option('--link <url>', 'where it can be seen')
    .option('--repo <folder>', 'the work tree', '.')
    .action(async (command: readonly string[], options: RehearseOptions) => {
      end(await (await import('./rehearse-command.ts')).rehearseCommand(command, options))
    })
}

function addDoctor(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .description('say whether the check works on GitHub, is required there, and how to mend what is not right')
    .argument('<repository>', 'OWNER/REPO')
    .option('--branch <name>', 'the branch that pull requests go to (default: the default branch)')
    .addHelpText('after', DOCTOR_HELP)
    .action(async (repository: string, options: { readonly branch?: string }) => {
      end(await (await import('./doctor-command.ts')).doctorCommand(repository, options))
    })
}
