// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code and configuration of others
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CodeLanguage } from '../../../src/facts/config/code-text.ts'
import { envReads } from '../../../src/facts/config/env-reads.ts'

const READS: readonly [language: CodeLanguage, code: string, reads: string][] = [
  ['javascript', 'a(process.env.URL)', 'plain URL:1'],
  ['javascript', "a(process.env['URL']!)", 'required URL:1'],
  ['javascript', 'a(import.meta.env.VITE_URL)', 'plain VITE_URL:1'],
  ['javascript', "const { URL, PORT_NO = '1' } = process.env", 'default PORT_NO:1, plain URL:1'],
  ['javascript', "a(process.env.URL || 'x')", 'default URL:1'],
  ['javascript', 'if (!process.env.URL) throw 1\na(process.env.URL)', 'optional URL:1'],
  ['javascript', 'a(`${process.env.URL}/x`) // process.env.NO', 'plain URL:1'],
  ['javascript', "b('process.env.NO')", ''],
  ['javascript', "process.env.URL = 'a'\ndelete process.env.B_B", ''],
  ['javascript', "a(getEnv('MY_URL', 5), requiredFromEnv('OTHER_URL'))", 'default MY_URL:1, plain OTHER_URL:1'],
  [
    'javascript',
    "function get(name, fallback, options = {}) {\n  if (process.env[name]) return process.env[name]\n}\nget('PAY_URL', '')\nget('PAY_API', 'http://localhost', requiredInProduction)\nother('NO_READ')",
    'default PAY_URL:4, required PAY_API:5',
  ],
  ['javascript', "vi.stubEnv('MY_URL', 'x')", ''],
  ['javascript', 'a(toInt(process.env.TTL, 10))', 'default TTL:1'],
  ['python', 'os.environ["URL"]', 'required URL:1'],
  ['python', 'os.environ["URL"] = "x"', ''],
  ['python', 'os.getenv("URL", "x")', 'default URL:1'],
  ['python', 'os.environ.get("URL")', 'plain URL:1'],
  ['python', 'env.bool("DEBUG_ON", default=False)\nenv("URL")', 'default DEBUG_ON:1, required URL:2'],
  ['python', '"""\nos.environ["NO"]\n"""\n# os.environ["NO"]', ''],
  ['go', 'os.Getenv("URL")', 'plain URL:1'],
  ['go', 'v, ok := os.LookupEnv("URL")', 'optional URL:1'],
  ['go', 'env.ParseNumFromEnv("ARGO_N", 5, 0, 9)', 'default ARGO_N:1'],
  ['go', 't.Setenv("URL", "x")', ''],
  ['go', '`env:"URL,required"`', 'required URL:1'],
  ['ruby', "ENV['URL']\nENV.fetch('KEY')\nENV.fetch('B') { 1 }", 'default B:3, plain URL:1, required KEY:2'],
  ['php', "env('URL', 'x')\ngetenv('KEY')", 'default URL:1, plain KEY:2'],
  ['java', 'System.getenv("URL")', 'plain URL:1'],
  ['java', '@Value("${pay.url:none}")\n@Value("${pay.key}")', 'required pay.key:2'],
  ['java', 'mapOf("URL" to System.getenv("URL"))\nmapOf("URL" to "https://a.io")', 'default URL:1'],
  ['csharp', 'Environment.GetEnvironmentVariable("URL") ?? "x"', 'default URL:1'],
  ['rust', 'env::var("URL").unwrap()', 'required URL:1'],
  ['rust', 'env::var("URL").unwrap_or("x".into())', 'default URL:1'],
  ['elixir', 'System.fetch_env!("URL")\nSystem.get_env("KEY", "x")', 'default KEY:2, required URL:1'],
]

test.each(READS)('%s: %s', (language, code, expected) => {
  const found = envReads(code, language).map((read) => `${read.form} ${read.name}:${read.line}`)
  expect(found.toSorted().join(', ')).toBe(expected)
})

test('the line of a read holds its name, whatever stands around it', () => {
  const noise = fc.constantFrom('// a\n', '/* b\n*/', "const s = 'x'\n", 'const t = `a ${b} c`\n', '\n', 'f(/"/)\n')
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 8 }), (before) => {
      const code = `${before.join('')}use(process.env.WANTED)\n`
      const [read] = envReads(code, 'javascript')
      expect(code.split('\n')[(read?.line ?? 0) - 1]).toContain('WANTED')
    }),
  )
})

test.each([
  ['one long line', 'process.env.A '.repeat(60_000)],
  ['open strings', '"`\''.repeat(200_000)],
  ['open templates', '`${'.repeat(200_000)],
  ['open comments', '/* env '.repeat(100_000)],
  ['open braces', `env ${'{'.repeat(500_000)}`],
])('answers soon on hostile text: %s', (_what, text) => {
  const start = performance.now()
  envReads(text, 'javascript')
  envReads(text, 'python')
  expect(performance.now() - start).toBeLessThan(8_000)
})
