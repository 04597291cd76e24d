import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

type Files = Readonly<Record<string, string>>

/** The change edits the source; the test stands in the repository already, or comes with the change. */
async function judged(source: string, text: string, path: string, testText: string, isOld: boolean): Promise<string> {
  const tests: Files = { [path]: testText }
  const base: Files = isOld ? { ...tests, [source]: '' } : { [source]: '' }
  return (await exposuresOf(reader, 'error-paths', base, { ...tests, [source]: text })).join('; ')
}

const PROCEDURE = 'src/team-router/delete-team-group.ts'
const DELETES =
  "export const deleteTeamGroupRoute = procedure.mutation(async ({ input }) => {\n  if (input.group.type === 'internal') throw new AppError('UNAUTHORIZED')\n})\n"
const SPEC = 'e2e/teams/team-groups.spec.ts'
const called = (address: string, says: string): string =>
  `test('it is kept', async () => {\n  const res = await request.post(\`\${URL}/api/trpc/${address}\`)\n  const at = '${address}'\n  ${says}\n})\n`

describe('a procedure that is called by its name on the wire', () => {
  test.each([
    ['not the good status', 'team.group.delete', 'expect(res.status()).not.toBe(200)'],
    ['not ok', 'team.group.delete', 'expect(res.ok()).toBeFalsy()'],
    ['ok is false', 'team.group.delete', "expect(res.ok(), 'kept').toBe(false)"],
    ['a status from 400 on', 'teams.groups.delete', 'expect(res.status()).toBeGreaterThanOrEqual(400)'],
  ])('may be driven by an old test: %s', async (_, address, says) =>
    expect(await judged(PROCEDURE, DELETES, SPEC, called(address, says), true)).toMatch(/^low untested-raise/),
  )

  test.each([
    ['another procedure', 'team.member.delete', 'expect(res.status()).not.toBe(200)'],
    ['another verb', 'team.group.update', 'expect(res.status()).not.toBe(200)'],
    ['nothing fails', 'team.group.delete', 'expect(res.status()).toBe(200)'],
    ['not the bad status', 'team.group.delete', 'expect(res.status()).not.toBe(500)'],
  ])('is not by an old test of %s', async (_, address, says) =>
    expect(await judged(PROCEDURE, DELETES, SPEC, called(address, says), true)).toMatch(/^medium untested-raise/),
  )
})

const REFUSES =
  "export async function cancelOrder(req, res) {\n  if (req.order.sent > 0) return res.status(409).json({ code: 'sent' })\n}\n"
const asked = (call: string, says: string): string =>
  `it('x', async () => {\n  const res = await ${call}\n  ${says}\n})\n`

describe('a route with the verb of the request', () => {
  test.each([
    ['the status is its own', "request(app).delete('/api/v1/orders/42')", 'expect(res.status).toBe(409)', '(covered)'],
    ['another status', "request(app).delete('/api/v1/orders/42')", 'expect(res.status).toBe(500)', 'medium'],
    ['another verb', "request(app).put('/api/v1/orders/42')", 'expect(res.status).toBe(409)', 'medium'],
    ['another thing', "request(app).delete('/api/v1/invoices/42')", 'expect(res.status).toBe(409)', 'medium'],
  ])('%s', async (_, call, says, expected) => {
    const said = await judged('src/orders.ts', REFUSES, 'test/orders.test.ts', asked(call, says), true)
    expect(said).toContain(expected)
  })
})

const SERVES =
  'package auth\n\nfunc NewForward(next http.Handler) http.Handler {\n\treturn &forwardAuth{next}\n}\n\nfunc (f *forwardAuth) ServeHTTP(w http.ResponseWriter, r *http.Request) {\n\tbody, err := f.read(r)\n\tif errors.Is(err, errTooLarge) {\n\t\tw.WriteHeader(http.StatusUnauthorized)\n\t\treturn\n\t}\n\tf.next.ServeHTTP(w, body)\n}\n'
const serves = (make: string, says: string): string =>
  `package auth\n\nfunc TestLarge(t *testing.T) {\n\tts := httptest.NewServer(${make})\n\tres, _ := http.Post(ts.URL, large)\n\t${says}\n}\n`

describe('Go: what a constructor of the package makes is driven through it', () => {
  test.each([
    ['its status', 'NewForward(next)', 'assert.Equal(t, http.StatusUnauthorized, res.StatusCode)', '(covered)'],
    ['another type', 'NewBasic(next)', 'assert.Equal(t, http.StatusOK, res.StatusCode)', 'medium'],
    ['no failure', 'NewForward(next)', 'assert.Equal(t, http.StatusOK, res.StatusCode)', 'medium'],
  ])('%s', async (_, make, says, expected) =>
    expect(await judged('auth/forward.go', SERVES, 'auth/forward_test.go', serves(make, says), true)).toContain(
      expected,
    ),
  )
})

const SKIPS =
  'package p\n\nfunc (s *Provider) Load(c Client) []string {\n\tnodes, err := c.GetNodes()\n\tif err != nil {\n\t\tlog.Error("cannot get the nodes of this cluster", err)\n\t\tnodes = fallback\n\t}\n\treturn names(nodes)\n}\n'

test('what a double says when it fails need not be what a handler writes to its log', async () => {
  const table =
    'package p\n\nfunc TestLoad(t *testing.T) {\n\tfor _, c := range []clientMock{{nodesErr: errors.New("api nodes error")}} {\n\t\tassert.Empty(t, (&Provider{}).Load(c))\n\t}\n}\n'
  expect(await judged('p/load.go', SKIPS, 'p/load_test.go', table, false)).toContain('(covered)')
})

const RUNS =
  'def run_payins(db):\n    for row in db.rows():\n        payin = prepare(row)\n        if payin.amount > row.limit:\n            raise LimitPassed(row)\n        try:\n            payer.notify(row)\n        except DuplicateNotification:\n            skipped.append(row)\n'

describe('a test of the change that fails for the function and speaks of no quiet handler of it proves nothing', () => {
  test.each([
    ['of another failure', 'over_the_limit', 'medium'],
    ['of this one', 'a_duplicate_notification', 'low'],
  ])('%s', async (_, title, severity) => {
    const tests = `from app.payins import run_payins\n\ndef test_${title}(db):\n    with pytest.raises(ValueError):\n        run_payins(db)\n`
    expect(await judged('app/payins.py', RUNS, 'tests/test_payins.py', tests, false)).toContain(
      `${severity} untested-handler`,
    )
  })
})

test('a test of the change that makes the very call fail from further out may drive it', async () => {
  const checks =
    'package health\n\nfunc (s *Server) checkWorkers() Health {\n\tworkers, err := s.factory.Workers()\n\tif err != nil {\n\t\treturn s.last(workers)\n\t}\n\treturn count(workers)\n}\n'
  const spec = (call: string): string =>
    `package api_test\n\nvar _ = Describe("health", func() {\n\tIt("is shown", func() {\n\t\tfake.${call}(nil, errors.New("down"))\n\t\tExpect(ask("/health").StatusCode).To(Equal(503))\n\t})\n})\n`
  expect(await judged('api/health/health.go', checks, 'api/health_test.go', spec('WorkersReturns'), false)).toMatch(
    /^low/,
  )
  expect(await judged('api/health/health.go', checks, 'api/health_test.go', spec('BuildsReturns'), false)).toMatch(
    /^medium/,
  )
})

describe('a caller in another changed file', () => {
  const files = (test: string): Files => ({
    'auth/htpasswd.go':
      'package auth\n\nfunc (h *htpasswd) authenticateUser(u, p string) error {\n\tif err := compare(h.of(u), p); err != nil {\n\t\treturn ErrAuthenticationFailure\n\t}\n\treturn nil\n}\n',
    'auth/access.go':
      'package auth\n\nfunc (c *controller) Authorized(r *http.Request) error {\n\treturn c.users.authenticateUser(r.User, r.Password)\n}\n',
    'auth/access_test.go': test,
  })
  const asks = (call: string): string =>
    `package auth\n\nfunc TestAccess(t *testing.T) {\n\tif err := c.${call}(r); err == nil {\n\t\tt.Fatal("let in")\n\t}\n}\n`
  test.each([
    ['that a test asks', 'Authorized', 'low'],
    ['that no test asks', 'Listed', 'medium'],
  ])('%s', async (_, call, severity) => {
    const said = await exposuresOf(
      reader,
      'error-paths',
      { 'auth/htpasswd.go': '', 'auth/access.go': '' },
      files(asks(call)),
    )
    expect(said.join()).toContain(`${severity} untested-handler auth/htpasswd.go`)
  })
})
