import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { copySyntaxTree } from '../../../src/facts/code/copy-syntax-tree.ts'
import { lookInFunction } from '../../../src/facts/code/extract-function.ts'
import { grammarOf, languages } from '../../../src/facts/code/languages.ts'
import { walk } from '../../../src/facts/code/syntax-walk.ts'
import { startTreeSitter } from '../../../src/facts/code/tree-sitter.ts'
import { sourceFile } from '../../bench/synthetic-code.ts'
import { readTestWasm } from '../../support/code.ts'

/** Code of each language that has an answer to every question. */
const SAMPLES = {
  typescript: {
    'a.tsx': `import a from 'b'; export * from './c'; const d = require('d')
@E({ f }) export class G extends H { @I() j = async () => { void k(); return await l() } }
abstract class M { n() { try { o() } catch (p) { throw p } finally { return 1 } } }
const q = r ? s && t : u || v, { w } = useFlags(), [x] = y()
export default function* z(err, req, res, next) { if (err) return next(err); p.catch(() => null); s.on('error', f) }
const el = <A b={c}><B onClick={() => d()} /></A>, g = { onError: (e) => log(e) }, n = new Foo(function () {})
namespace O { export const p = function* () { yield 1 }, c = class D {} }
app.post('/x', (q, r) => r.status(400).json({}))`,
    'a.ts': sourceFile('ts', 1),
  },
  python: {
    'a.py': `import a
from b import c as d
@app.route("/x")
async def f(g):
    with suppress(KeyError): await h()
    try: i = j if k else l
    except (M, N) as o: raise P() from o
    finally: return 1
    if not r.ok: abort(404)
    elif s and t or u: run(["x"])
    return Response(status=400)
class Q(R):
    s: int = (t := 1)
    def u(self): self.v()
r.raise_for_status()
`,
    'b.py': sourceFile('py', 1),
  },
  go: {
    'a.go': `package a
import b "c"
var d, e = f()
var g = &H{I: 1, J: func() error { return nil }}
func (k *K) L() (m int, err error) {
	defer func() { if r := recover(); r != nil { panic(r) } }()
	_ = n()
	if o, err := p(); err != nil && !q { return 0, fmt.Errorf("x: %w", err) } else { go s(o) }
	t()
	http.Error(w, "no", 400)
	return 0, nil
}
`,
    'b.go': sourceFile('go', 1),
  },
} as const

/** Our own code, as it is written from day to day. */
const OURS = readdirSync('src/github', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => [path, readFileSync(join('src/github', path), 'utf8')] as const)

describe.each(languages.map((language) => [language.id, language] as const))('%s', async (id, language) => {
  const treeSitter = await startTreeSitter(readTestWasm)
  const parser = treeSitter.createParser()
  const texts = Object.entries(SAMPLES).flatMap(([name, samples]) => (name === id ? Object.entries(samples) : []))

  test('a node type that is not among the telling ones answers no question on source', async () => {
    expect(texts).not.toEqual([])
    const told = new Set<string>()
    for (const [path, text] of id === 'typescript' ? [...texts, ...OURS] : texts) {
      const { grammar, names } = await treeSitter.loadGrammar(grammarOf(path) ?? '')
      const tree = parser.setLanguage(grammar).parse(text)
      if (tree === null) throw new Error('not parsed')
      const { root } = copySyntaxTree(tree, text, names, treeSitter.memory)
      tree.delete()
      for (const node of walk(root)) {
        if (node.children.length === 0) continue
        const answers = [
          language.imports(node),
          language.failure(node),
          language.containerName(node),
          language.functionName(node),
          language.shape.call(node),
          language.shape.branch(node),
          language.shape.classOf(node),
          lookInFunction(language, node),
          ...language.shape.bindings(node),
          ...language.shape.exported(node),
        ]
        if (answers.some((answer) => answer !== null)) told.add(node.type)
      }
    }
    expect([...told].filter((type) => !language.telling.has(type))).toEqual([])
    expect([...language.telling].filter((type) => !told.has(type))).toEqual([])
  })
})
