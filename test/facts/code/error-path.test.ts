import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { codeFacts, testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

/** Kind, form and outcome of each error path in a piece of code. */
async function paths(file: string, code: string): Promise<string[]> {
  const facts = await codeFacts(reader, file, code)
  return facts.errorPaths.map((path) => `${path.kind} ${path.form} → ${path.outcome}`)
}

describe('what becomes of a failure in TypeScript', () => {
  test.each([
    ['try { await pay() } catch {}', 'handler catch → swallow'],
    ['try { await pay() } catch (e) { logger.error(e) }', 'handler catch → swallow'],
    ['try { await pay() } catch (e) { console.error("x", e); Sentry.captureException(e) }', 'handler catch → swallow'],
    ['try { await pay() } catch (e) { throw e }', 'handler catch → propagate'],
    ['try { await pay() } catch (e) { log.warn(e); throw e }', 'handler catch → propagate'],
    ['try { await pay() } catch (e) { throw new PayError("no", { cause: e }) }', 'handler catch → translate'],
    ['try { await pay() } catch (e) { if (e instanceof Known) return null; throw e }', 'handler catch → propagate'],
    ['try { await pay() } catch (e) { if (e instanceof Known) throw new Other(); }', 'handler catch → swallow'],
    ['async function f() { try { return await list() } catch (e) { return [] } }', 'handler catch → default'],
    [
      'async function f() { try { await pay(); return { ok: true } } catch (e) { return { ok: true } } }',
      'handler catch → success',
    ],
    [
      'async function f() { try { await pay() } catch (e) { return { ok: false, error: e.message } } }',
      'handler catch → respond',
    ],
    ['try { await pay() } catch (e) { res.status(500).json({}) }', 'handler catch → respond'],
    ['try { await pay() } catch (e) { toast.error("no") }', 'handler catch → respond'],
    ['try { await pay() } catch (e) { setError("no") } finally { setLoading(false) }', 'handler catch → respond'],
    ['try { await pay() } catch (e) { await payByInvoice() }', 'handler catch → recover'],
    ['try { await pay() } catch (e) { process.exit(1) }', 'handler catch → exit'],
    ['for (const x of xs) { try { await send(x) } catch (e) { continue } }', 'handler catch → swallow'],
    ['for (const x of xs) { try { await send(x) } catch (e) { failed.push(x) } }', 'handler catch → respond'],
    ['save().catch(() => {})', 'handler .catch() → swallow'],
    ['save().catch(() => null)', 'handler .catch() → default'],
    ['save().catch((e) => logger.warn(e))', 'handler .catch() → swallow'],
    ['save().catch(next)', 'handler .catch() → propagate'],
    ['try { await pay() } catch (e) { for (const x of e.all) { ctx.addIssue(x) } }', 'handler catch → respond'],
    ['try { await pay() } catch (e) { socket.emit("unauthorized", {}) }', 'handler catch → respond'],
    ['try { await pay() } catch (e) { for (const x of xs) { if (x) continue; undo(x) } }', 'handler catch → recover'],
    ['try { await pay() } catch (e) { finish(reject, new Error("no")) }', 'handler catch → propagate'],
    ['try { await pay() } catch (e) { ok = false; if (e.message !== "x") showError(e) }', 'handler catch → respond'],
    ['try { await pay() } catch (e) { exitCode = 1 }', 'handler catch → exit'],
    ['async function f() { try { await pay() } catch (e) { return E.left("NO") } }', 'handler catch → respond'],
    ['async function f() { try { await pay() } catch (e) { return "failure" } }', 'handler catch → respond'],
    ['save().catch(asInvalidRequest())', 'handler .catch() → translate'],
    ['save().catch(payByInvoice)', 'handler .catch() → recover'],
    ['save((err, row) => { if (err) return callback(err); use(row) })', 'handler if (err) → propagate'],
    ['stream.on("error", (e) => { reject(e) })', 'boundary on("error") → propagate'],
    ['app.use((err, req, res, next) => { res.status(500).end() })', 'boundary error middleware → respond'],
  ])('%s', async (code, expected) => {
    expect(await paths('a.ts', code)).toEqual([expected])
  })

  test.each([
    ['if (x > 10) return x'],
    ['const a = b ?? 1'],
    ['z.string().catch("x")'],
    ['z.number().optional().catch(undefined)'],
    ['function Page() { if (error) return <Failed />; return <Ok /> }'],
    ['// try { a() } catch {}'],
    ['const text = "throw new Error()"'],
    ['res.status(200).json({ ok: true })'],
  ])('is no error path: %s', async (code) => {
    expect(await paths('a.tsx', code)).toEqual([])
  })

  test.each([
    ['function f(x) { if (!x) throw new NotFoundError("no x") }', 'raise throw → translate'],
    [
      'app.get("/x", (req, res) => { if (!req.user) return res.status(401).end() })',
      'raise error response → translate',
    ],
    ['function f() { return NextResponse.json({ error: 1 }, { status: 404 }) }', 'raise error response → translate'],
    ['const p = new Promise((resolve, reject) => { reject(new Error("late")) })', 'raise reject → translate'],
  ])('raises: %s', async (code, expected) => {
    expect(await paths('a.ts', code)).toEqual([expected])
  })
})

describe('what becomes of a failure in Python', () => {
  test.each([
    ['except ValueError:\n    pass', 'handler except ValueError → swallow'],
    ['except Exception as e:\n    logger.exception("x")', 'handler except Exception → swallow'],
    ['except Exception:\n    raise', 'handler except Exception → propagate'],
    ['except KeyError as e:\n    raise OrderError("no") from e', 'handler except KeyError → translate'],
    ['except Timeout:\n    return None', 'handler except Timeout → default'],
    ['except Timeout:\n    return []', 'handler except Timeout → default'],
    ['except Timeout:\n    return True', 'handler except Timeout → success'],
    ['except Timeout:\n    return Response({"error": "x"}, status=400)', 'handler except Timeout → respond'],
    ['except Timeout as e:\n    errors.append(str(e))', 'handler except Timeout → respond'],
    ['except Timeout:\n    self.retry(countdown=5)', 'handler except Timeout → recover'],
    ['except Timeout:\n    if fatal:\n        raise\n    return None', 'handler except Timeout → default'],
    ['except:\n    sys.exit(1)', 'handler except → exit'],
  ])('%s', async (handler, expected) => {
    const body = `try:\n    go()\n${handler}\n`
    const indented = `def f():\n${body.replace(/^/gm, '    ')}`
    expect(await paths('a.py', indented)).toEqual([expected])
  })

  test('a suppressed failure is swallowed, and a raise says what', async () => {
    expect(await paths('a.py', 'with suppress(OSError):\n    os.remove(p)\n')).toEqual([
      'handler suppress(OSError) → swallow',
    ])
    expect(await paths('a.py', 'def f(x):\n    if not x:\n        raise Http404("no x")\n')).toEqual([
      'raise raise → translate',
    ])
    expect(await paths('a.py', 'def f(r):\n    return Response(status=status.HTTP_403_FORBIDDEN)\n')).toEqual([
      'raise error response → translate',
    ])
  })

  test('the else branch of a try and a plain default are no error paths', async () => {
    expect(await paths('a.py', 'def f(x):\n    return x or 1\n')).toEqual([])
  })
})

describe('what becomes of a failure in Go', () => {
  test.each([
    ['return err', 'handler if err != nil → propagate'],
    ['return nil, err', 'handler if err != nil → propagate'],
    ['return fmt.Errorf("load: %w", err)', 'handler if err != nil → propagate'],
    ['log.Printf("x: %v", err)', 'handler if err != nil → swallow'],
    ['return nil, fmt.Errorf("order %s not found", id)', 'handler if err != nil → translate'],
    ['return http.StatusForbidden, nil', 'handler if err != nil → respond'],
    ['logProblem(err)', 'handler if err != nil → swallow'],
    ['ra.log.AuditErrf("x: %v", err)', 'handler if err != nil → swallow'],
    ['wfe.log.Error(ctx, "x", blog.Error(err))', 'handler if err != nil → swallow'],
    ['continue', 'handler if err != nil → swallow'],
    ['return nil', 'handler if err != nil → default'],
    ['return ErrNotFound', 'handler if err != nil → translate'],
    ['http.Error(w, "x", http.StatusBadRequest)\nreturn', 'handler if err != nil → respond'],
    ['return fallback(ctx)', 'handler if err != nil → recover'],
    ['log.Fatal(err)', 'handler if err != nil → exit'],
    ['errs = append(errs, err)', 'handler if err != nil → respond'],
  ])('%s', async (body, expected) => {
    const code = `package p\nfunc f() error {\n\tfor {\n\tx, err := g()\n\tif err != nil {\n\t\t${body}\n\t}\n\t}\n}\n`
    expect(await paths('a.go', code)).toEqual([expected])
  })

  test('a new error is raised, a panic is recovered', async () => {
    const raise =
      'package p\nfunc f(x int) error {\n\tif x < 0 {\n\t\treturn errors.New("negative amount")\n\t}\n\treturn nil\n}\n'
    expect(await paths('a.go', raise)).toEqual(['raise return error → translate'])
    const boundary =
      'package p\nfunc f() {\n\tdefer func() {\n\t\tif r := recover(); r != nil {\n\t\t\tlog.Println(r)\n\t\t}\n\t}()\n}\n'
    expect(await paths('a.go', boundary)).toEqual(['boundary recover → swallow'])
  })
})
