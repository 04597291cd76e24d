import { expect, test } from 'vitest'
import { type Files, raised } from '../../support/config-change.ts'

type Case = readonly [name: string, files: Files, raised: readonly string[]]

const CODE: readonly Case[] = [
  [
    'a default that lost its limit',
    {
      'src/pay.ts': [
        'const t = Number(process.env.PAY_TIMEOUT_MS ?? 5000)\n',
        'const t = Number(process.env.PAY_TIMEOUT_MS ?? 0)\n',
      ],
    },
    ['high risky-timeout src/pay.ts:1'],
  ],
  [
    'a default of a schema',
    {
      'src/env.ts': [
        'export const env = z.object({\n  DB_POOL_SIZE: z.coerce.number().default(50),\n}).parse(process.env.DB_POOL_SIZE)\n',
        'export const env = z.object({\n  DB_POOL_SIZE: z.coerce.number().default(5),\n}).parse(process.env.DB_POOL_SIZE)\n',
      ],
    },
    ['medium risky-pool src/env.ts:3'],
  ],
  [
    'a default of Go',
    {
      'pkg/a.go': [
        'var n = env.ParseNumFromEnv("A_POOL_SIZE", 50, 0, 99)\n',
        'var n = env.ParseNumFromEnv("A_POOL_SIZE", 40, 0, 99)\n',
      ],
    },
    [],
  ],
  [
    'certificates no longer checked',
    { 'pkg/a.go': ['var c = tls.Config{}\n', 'var c = tls.Config{InsecureSkipVerify: true}\n'] },
    ['medium weakened-tls-check pkg/a.go:1'],
  ],
  [
    'a new client that checks none, as it may talk within the house',
    { 'pkg/a.go': ['var a = 1\n', 'var a = 1\n\nvar c = tls.Config{InsecureSkipVerify: true}\n'] },
    [],
  ],
  [
    'certificates not checked where someone asks for it',
    { 'a.py': ['', 'if os.getenv("SKIP_TLS", "") == "true":\n    ctx = c()\n    ctx.check_hostname = False\n'] },
    [],
  ],
  [
    'certificates not checked after such a question',
    {
      'a.py': [
        'if os.getenv("A") == "b":\n    a()\nb()\nc()\nd()\nctx.check_hostname = True\n',
        'if os.getenv("A") == "b":\n    a()\nb()\nc()\nd()\nctx.check_hostname = False\n',
      ],
    },
    ['medium weakened-tls-check a.py:6'],
  ],
  [
    'certificates never checked, moved',
    {
      'pkg/a.go': [
        'var c = tls.Config{InsecureSkipVerify: true}\n',
        'var d = 1\n\nvar c = tls.Config{InsecureSkipVerify: true}\n',
      ],
    },
    [],
  ],
  [
    'HSTS leaves subdomains out',
    { 'src/Web.java': ['http.hsts(h -> h);\n', 'http.hsts(h -> h.includeSubdomains(false));\n'] },
    ['medium weakened-hsts src/Web.java:1'],
  ],
  [
    'a comment says why',
    {
      'src/Web.java': [
        'http.hsts(h -> h);\n',
        '// Blogs under a subdomain may be plain http, see issue 5\nhttp.hsts(h -> h.includeSubdomains(false));\n',
      ],
    },
    [],
  ],
  [
    'an address that left the code for a setting with a local default',
    {
      'app/settings/base.py': 'API_URL = env.str("API_URL", default="http://localhost:8000")\n',
      'app/describe.py': ['URL = "https://api.acme.com"\nspec(url=URL)\n', 'spec(url=settings.API_URL)\n'],
    },
    ['medium address-now-configured app/describe.py:1'],
  ],
  [
    'an address that became the default of its setting',
    {
      'app/settings/base.py': ['A = 1\n', 'A = 1\nAPI_URL = env.str("API_URL", default="https://api.acme.com")\n'],
      'app/describe.py': ['URL = "https://api.acme.com"\nspec(url=URL)\n', 'spec(url=settings.API_URL)\n'],
    },
    [],
  ],
  [
    'an address of the documentation',
    {
      'app/settings/base.py': 'API_URL = env.str("API_URL", default="https://api.acme.com")\n',
      'app/describe.py': ['URL = "https://api.acme.com"\nspec(url=URL)\n', 'spec(url=settings.API_URL)\n'],
    },
    [],
  ],
]

test.each(CODE)('%s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})
