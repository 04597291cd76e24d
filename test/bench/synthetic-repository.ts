import { edited, LANGUAGES, type SyntheticLanguage, sourceFile, testFile } from './synthetic-code.ts'

export interface Shape {
  /** Source files in the repository, a third of them in each language; every third one has a test. */
  readonly files: number
  /** Changes one after the other on `main`. The tag before the first is `start`; theirs are `change-0`, `change-1`, … */
  readonly changes: number
  /** How many files each change touches. */
  readonly touched: number
  /** About so many changed lines a file, half of them added. */
  readonly linesPerFile: number
}

/** A repository as a script for `git fast-import`: the same bytes for the same shape. */
export function fastImportScript({ files, changes, touched, linesPerFile }: Shape): string {
  const texts = Array.from({ length: files }, (_, index) => sourceFile(languageOf(index), index))
  const script = [
    commit(
      'Start',
      [...texts].flatMap((text, index) => filesOf(index, text)),
    ),
    tag('start'),
  ]
  const stride = Math.max(1, Math.floor(files / touched))
  for (let change = 0; change < changes; change++) {
    const indexes = Array.from({ length: touched }, (_, step) => (change + step * stride) % files)
    for (const index of indexes) {
      texts[index] = edited(languageOf(index), texts[index] ?? '', linesPerFile, change * files + index)
    }
    const changed = indexes.map((index) => file(sourcePath(index), texts[index] ?? ''))
    script.push(commit(`Change ${change}`, changed), tag(`change-${change}`))
  }
  return script.join('')
}

function filesOf(index: number, text: string): readonly string[] {
  const isTested = Math.floor(index / LANGUAGES.length) % 3 === 0
  const source = file(sourcePath(index), text)
  return isTested ? [source, file(testPath(index), testFile(languageOf(index), index))] : [source]
}

function languageOf(index: number): SyntheticLanguage {
  return LANGUAGES[index % LANGUAGES.length] ?? 'ts'
}

function sourcePath(index: number): string {
  const folder = `area-${index % 20}`
  return {
    ts: `${folder}/src/module-${index}.ts`,
    py: `${folder}/module_${index}.py`,
    go: `${folder}/module_${index}.go`,
  }[languageOf(index)]
}

function testPath(index: number): string {
  const folder = `area-${index % 20}`
  return {
    ts: `${folder}/test/module-${index}.test.ts`,
    py: `${folder}/tests/test_module_${index}.py`,
    go: `${folder}/module_${index}_test.go`,
  }[languageOf(index)]
}

function file(path: string, text: string): string {
  return `M 100644 inline ${path}\n${data(text)}`
}

function commit(message: string, files: readonly string[]): string {
  return `commit refs/heads/main\ncommitter Amelia <amelia@example.com> 1700000000 +0000\n${data(message)}${files.join('')}\n`
}

function tag(name: string): string {
  return `reset refs/tags/${name}\nfrom refs/heads/main\n\n`
}

/** All text here is ASCII, so that its length is its bytes. */
function data(text: string): string {
  return `data ${text.length}\n${text}\n`
}
