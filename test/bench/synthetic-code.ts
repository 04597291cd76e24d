/** Source files of the size and shape of a grown service: 200 to 400 lines, guards, calls, tries, comments, now and then a long table. */

export const LANGUAGES = ['ts', 'py', 'go'] as const
export type SyntheticLanguage = (typeof LANGUAGES)[number]

/** Numbers that look random and are the same on every machine. */
function createDice(seed: number): (sides: number) => number {
  let state = seed >>> 0 || 1
  return (sides) => {
    state ^= (state << 13) >>> 0
    state ^= state >>> 17
    state ^= (state << 5) >>> 0
    state >>>= 0
    return state % sides
  }
}

/** @param index names the file's functions, so that no two files are the same */
export function sourceFile(language: SyntheticLanguage, index: number): string {
  const dice = createDice(index * 7919 + 17)
  const wanted = 200 + dice(200)
  const lines = [...HEADS[language](index)]
  for (let part = 0; lines.length < wanted; part++) lines.push(...FUNCTIONS[language](`${index}x${part}`, dice), '')
  return `${lines.join('\n')}\n`
}

export function testFile(language: SyntheticLanguage, index: number): string {
  const lines = [...TEST_HEADS[language](index)]
  for (let part = 0; part < 6; part++) lines.push(...TESTS[language](`${index}x${part}`), '')
  return `${lines.join('\n')}\n`
}

/** Changes about `count` lines of a file: amounts and messages inside, and one failure path that answers otherwise. */
export function edited(language: SyntheticLanguage, text: string, count: number, seed: number): string {
  const dice = createDice(seed * 104_729 + 3)
  const lines = text.split('\n')
  const places = lines.flatMap((line, index) => (/\d{3}/.test(line) ? [index] : []))
  for (let left = Math.floor(count / 2); left > 0 && places.length > 0; left--) {
    const [place = 0] = places.splice(dice(places.length), 1)
    lines[place] = (lines[place] ?? '').replace(/\d{3}/, String(100 + dice(900)))
  }
  const rethrow = lines.findIndex((line) => line.includes(RETHROWS[language]))
  if (rethrow >= 0) lines[rethrow] = (lines[rethrow] ?? '').replace(RETHROWS[language], ANSWERS[language])
  return lines.join('\n')
}

const RETHROWS = { ts: 'throw error', py: 'raise', go: 'return 0, err' } as const
const ANSWERS = { ts: 'return 0', py: 'return 0', go: 'return 0, nil' } as const

const HEADS = {
  ts: (n: number) => ["import { client } from './client'", "import { log } from './log'", `const LIMIT_${n} = 120`, ''],
  py: (n: number) => ['import logging', 'from .client import client', `LIMIT_${n} = 120`, ''],
  go: (n: number) => ['package service', '', 'import (', '\t"errors"', '\t"fmt"', ')', '', `const limit${n} = 120`, ''],
}

const TEST_HEADS = {
  ts: (n: number) => ["import { expect, test } from 'vitest'", `import * as service from '../src/module-${n}'`, ''],
  py: (n: number) => ['import pytest', `from src import module_${n} as service`, ''],
  go: (_n: number) => ['package service', '', 'import "testing"', ''],
}

const FUNCTIONS = {
  ts: (name: string, dice: (sides: number) => number) => [
    `/** Settles an order of kind ${name} and answers what is left to pay, in cents. */`,
    `export async function settle${name}(order: { id: string; amount: number; lines: readonly number[] }): Promise<number> {`,
    `  if (order.amount > ${100 + dice(900)}) throw new RangeError(\`order \${order.id} is too large\`)`,
    '  let total = 0',
    '  for (const line of order.lines) {',
    `    if (line < 0) log.warn('negative line', { order: order.id, code: ${100 + dice(900)} })`,
    `    total += line > ${100 + dice(900)} ? Math.round(line * 0.${100 + dice(900)}) : line`,
    '  }',
    '  try {',
    `    const answer = await client.post('/settle/${name}', { id: order.id, total, timeout: ${100 + dice(900)} })`,
    `    if (answer.status >= 500) throw new Error(\`settlement answered \${answer.status} after ${100 + dice(900)} ms\`)`,
    '    return total - answer.paid',
    '  } catch (error) {',
    `    log.error('settle failed', { order: order.id, code: ${100 + dice(900)} })`,
    '    throw error',
    '  }',
    '}',
  ],
  py: (name: string, dice: (sides: number) => number) => [
    `def settle_${name}(order):`,
    `    """Settles an order of kind ${name} and answers what is left to pay, in cents."""`,
    `    if order.amount > ${100 + dice(900)}:`,
    '        raise ValueError(f"order {order.id} is too large")',
    '    total = 0',
    '    for line in order.lines:',
    '        if line < 0:',
    `            logging.warning("negative line", extra={"code": ${100 + dice(900)}})`,
    `        total += round(line * 0.${100 + dice(900)}) if line > ${100 + dice(900)} else line`,
    '    try:',
    `        answer = client.post("/settle/${name}", id=order.id, total=total, timeout=${100 + dice(900)})`,
    '        if answer.status >= 500:',
    `            raise RuntimeError(f"settlement answered {answer.status} after ${100 + dice(900)} ms")`,
    '        return total - answer.paid',
    '    except RuntimeError:',
    `        logging.error("settle failed", extra={"code": ${100 + dice(900)}})`,
    '        raise',
  ],
  go: (name: string, dice: (sides: number) => number) => [
    `// Settle${name} settles an order and answers what is left to pay, in cents.`,
    `func Settle${name}(order Order) (int, error) {`,
    `\tif order.Amount > ${100 + dice(900)} {`,
    '\t\treturn 0, errors.New("order is too large")',
    '\t}',
    '\ttotal := 0',
    '\tfor _, line := range order.Lines {',
    `\t\tif line > ${100 + dice(900)} {`,
    `\t\t\tline = line * ${100 + dice(900)} / ${100 + dice(900)}`,
    '\t\t}',
    '\t\ttotal += line',
    '\t}',
    `\tanswer, err := client.Post("/settle/${name}", order.ID, total, ${100 + dice(900)})`,
    '\tif err != nil {',
    `\t\tlogger.Error("settle failed", ${100 + dice(900)}, err)`,
    '\t\treturn 0, err',
    '\t}',
    '\tif answer.Status >= 500 {',
    `\t\treturn 0, fmt.Errorf("settlement answered %d after ${100 + dice(900)} ms", answer.Status)`,
    '\t}',
    '\treturn total - answer.Paid, nil',
    '}',
  ],
}

const TESTS = {
  ts: (name: string) => [
    `test('settle${name} answers what is left', async () => {`,
    `  expect(await service.settle${name}({ id: 'a', amount: 10, lines: [100, 200] })).toBe(100)`,
    '})',
    `test('settle${name} refuses what is too large', async () => {`,
    `  await expect(service.settle${name}({ id: 'a', amount: 10_000, lines: [] })).rejects.toThrow(RangeError)`,
    '})',
  ],
  py: (name: string) => [
    `def test_settle_${name}_answers_what_is_left():`,
    `    assert service.settle_${name}(order(amount=10)) == 100`,
    '',
    `def test_settle_${name}_refuses_what_is_too_large():`,
    '    with pytest.raises(ValueError):',
    `        service.settle_${name}(order(amount=10_000))`,
  ],
  go: (name: string) => [
    `func TestSettle${name}(t *testing.T) {`,
    `\tif _, err := Settle${name}(Order{Amount: 10000}); err == nil {`,
    '\t\tt.Fatal("expected an error")',
    '\t}',
    '}',
  ],
}
