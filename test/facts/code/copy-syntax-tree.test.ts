import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Node } from 'web-tree-sitter'
import { copySyntaxTree } from '../../../src/facts/code/copy-syntax-tree.ts'
import type { SyntaxNode } from '../../../src/facts/code/syntax-tree.ts'
import { type LoadedGrammar, startTreeSitter } from '../../../src/facts/code/tree-sitter.ts'
import { readTestWasm } from '../../support/code.ts'

/** With what a tree is hard to read by: names given by a parent, nameless parts, comments in odd places, text beyond ASCII. */
const SAMPLES = {
  typescript: `import a, { type B as C } from './b' // why
export default class D<T extends E = {}> extends F implements G { static #h?: number = 1; @dec() get i(): string { return \`x\${this.#h ?? 2}\` } }
for (const { j, ...k } of await l()) /* odd */ if (j!) continue; else try { m<T>(k as never) } catch { throw new Error('né 🛫') } finally { n?.() }
`,
  tsx: `export const A = ({ b, ...c }: P) => <><B key="a" {...c}>text {b ? <C.D /> : null} &amp; 🛫</B></>
`,
  javascript: `async function* f(a = 1, [b, , c], ...d) { label: while (true) { yield* g(a ** b, c => ({ c })); break label } }
a = /re[/]x/gi, b ||= new X, delete c.d?.[e]; switch (x) { case 1: default: y() }
`,
  python: `@app.route("/x", methods=["POST"])
async def f(a, /, b: int = 1, *c, d=None, **e) -> dict[str, int]:
    """doc 🛫"""
    try:
        async with g() as h, i:  # why
            return {**e, "k": [j for j in c if j], f"{a!r:>{b}}": lambda: (yield)}
    except* (K, L) as m:
        raise N("é") from m
    else: pass
    match a:
        case [1, *rest] | {"x": y} if y: ...
`,
  go: `package a

import ( b "c/d"; _ "e" )

// why
func (r *R[T]) f(x, y int, z ...string) (n int, err error) {
	defer func() { if r := recover(); r != nil { err = fmt.Errorf("é: %w", r.(error)) } }()
	for i := range x { select { case v, ok := <-ch: _ = v; default: go g(i) } }
	switch t := any(x).(type) { case int, string: goto L; default: return 1, nil }
L:	return map[string][]int{"a": {1}}["a"][0], nil
}
`,
  ruby: `class A < B::C
  def up; add_column :x, :y, :string, null: false, default: -> { "é #{1}" } unless z? end
  rescue E, F => e then raise
end
x = <<~SQL
  select 1 🛫
SQL
`,
  php: `<p>é</p><?php namespace A; return new class extends M { public function up(): void { Schema::table('x', fn (T $t) => $t->string("a{$b['c']}")->nullable()); } };
`,
  'c-sharp': `namespace A; public partial class B : C { protected override void Up(M m) => m.AddColumn<string>(name: "é", table: $"x{1}", nullable: true); }
`,
} as const

/** A line a node: depth, type, whether it is named, field, offsets. */
function outlineOfCopy(node: SyntaxNode, depth = 0): readonly string[] {
  const own = `${depth} ${node.type} ${node.named} ${node.field} ${node.start}-${node.end}`
  return [own, ...node.children.flatMap((child) => outlineOfCopy(child, depth + 1))]
}

function outlineOfApi(node: Node, field: string | null, loaded: LoadedGrammar, depth = 0): readonly string[] {
  if (loaded.names.punctuation[node.typeId] === true) return []
  const own = `${depth} ${node.type} ${node.isNamed} ${field} ${node.startIndex}-${node.endIndex}`
  return [
    own,
    ...node.children.flatMap((child, index) => outlineOfApi(child, node.fieldNameForChild(index), loaded, depth + 1)),
  ]
}

describe.each(Object.entries(SAMPLES))('the copy of a %s tree is what the API says', async (name, sample) => {
  const treeSitter = await startTreeSitter(readTestWasm)
  const loaded = await treeSitter.loadGrammar(name)
  const parser = treeSitter.createParser().setLanguage(loaded.grammar)

  function expectSame(text: string): void {
    const tree = parser.parse(text)
    if (tree === null) throw new Error('not parsed')
    const copy = copySyntaxTree(tree, text, loaded.names, treeSitter.memory)
    expect(outlineOfCopy(copy.root)).toEqual(outlineOfApi(tree.rootNode, null, loaded))
    tree.delete()
  }

  test.each([
    ['as it is', sample],
    ['CRLF', sample.replaceAll('\n', '\r\n')],
    ['empty', ''],
    ['blank', '\n\n  \n'],
    ['long gaps', sample.replaceAll('\n', `\n${' '.repeat(300)}${'\n'.repeat(20)}`)],
    ['a long token', sample.replaceAll('é', 'é'.repeat(70_000))],
  ])('%s', (_, text) => expectSame(text))

  test('cut and pasted anywhere', () => {
    const place = fc.nat(sample.length)
    fc.assert(
      fc.property(
        place,
        place,
        fc.constantFrom('', '}', '(', '"', '\\', '/*', '🛫', '\n\n', 'if '),
        (from, to, put) => {
          expectSame(sample.slice(0, from) + put + sample.slice(to))
        },
      ),
      { numRuns: 60 },
    )
  })
})
