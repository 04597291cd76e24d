// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code of others
import { expect, test } from 'vitest'
import type { CodeLanguage } from '../../../src/facts/config/code-text.ts'
import { envReads } from '../../../src/facts/config/env-reads.ts'

const PYDANTIC = `from pydantic_settings import BaseSettings, SettingsConfigDict

class Base(BaseSettings):
    """Settings of the service.

    Example: url: str
    """
    model_config = SettingsConfigDict(env_prefix="pay_", env_file=".env")
    url: AnyHttpUrl
    timeout: int = 30
    token: SecretStr = Field(...)
    region: str | None
    key: str = Field(
        alias="LEGACY_KEY",
        min_length=3,
    )
    limit: int = Field(default=5, ge=1)
    nested: Database
    _private: str

    def origin(self) -> str:
        local: str = "x"
        return local

class Worker(Base):
    queue: str

class Other(BaseModel):
    name: str
`

test.each<[name: string, language: CodeLanguage, code: string, reads: string]>([
  [
    'pydantic, with a prefix for its own class only',
    'python',
    PYDANTIC,
    'default PAY_LIMIT:17, default PAY_TIMEOUT:10, optional PAY_REGION:12, required LEGACY_KEY:13, required PAY_TOKEN:11, required PAY_URL:9, required QUEUE:26',
  ],
  [
    'a model within the settings is none',
    'python',
    'class A(BaseSettings):\n    class Services(BaseModel):\n        redis: str\n\n    url: str\n',
    'required URL:5',
  ],
  ['a model is no settings', 'python', 'class Pay(BaseModel):\n    url: str  # BaseSettings\n', ''],
  [
    'python-decouple',
    'python',
    "A = config('PAY_URL')\nB = config('PAY_KEY', default='')\n# decouple",
    'default PAY_KEY:2, required PAY_URL:1',
  ],
  [
    'zod over the whole environment',
    'javascript',
    'const schema = z.object({\n  PAY_URL: z.string().url(),\n  PAY_TTL: z.coerce.number().default(5),\n})\nexport const env = schema.parse(process.env)\n',
    'default PAY_TTL:3, required PAY_URL:2',
  ],
  [
    'zod over something else',
    'javascript',
    'const schema = z.object({\n  PAY_URL: z.string().url(),\n})\nconst mode = process.env.MODE_OF_PAY\n',
    'plain MODE_OF_PAY:4',
  ],
  [
    'envalid',
    'javascript',
    "export const env = cleanEnv(process.env, {\n  PAY_URL: url(),\n  PAY_TTL: num({ default: 5 }),\n  PAY_KEY: str({ devDefault: 'x' }),\n})\n",
    'default PAY_TTL:3, required PAY_KEY:4, required PAY_URL:2',
  ],
  [
    't3-env',
    'javascript',
    'export const env = createEnv({\n  server: {\n    PAY_URL: z.string().url(),\n  },\n  experimental__runtimeEnv: process.env,\n})\n',
    'required PAY_URL:3',
  ],
  [
    'NestJS with Joi',
    'javascript',
    "ConfigModule.forRoot({ validationSchema: Joi.object({\n  PAY_URL: Joi.string().required(),\n  PAY_KEY: Joi.string(),\n}) })\nenvironment.getOrThrow<string>('PAY_ID')\n",
    'optional PAY_KEY:3, required PAY_ID:5, required PAY_URL:2',
  ],
  ['viper', 'go', 'viper.BindEnv("pay.url", "PAY_URL")', 'plain PAY_URL:1'],
  [
    'struct tags',
    'go',
    'type C struct {\n\tA string `env:"PAY_URL, required"`\n\tB int `env:"PAY_TTL" env-default:"5"`\n}',
    'default PAY_TTL:3, required PAY_URL:2',
  ],
  [
    '.NET',
    'csharp',
    'var a = configuration["Pay:Url"]; var b = config.GetValue<int>("Pay:Ttl", 5);',
    'default Pay:Ttl:1, plain Pay:Url:1',
  ],
  ['Kotlin', 'java', '@Value("\\${pay.url}") val url: String', 'required pay.url:1'],
])('%s', (_name, language, code, expected) => {
  const found = envReads(code, language).map((read) => `${read.form} ${read.name}:${read.line}`)
  expect(found.toSorted().join(', ')).toBe(expected)
})

test.each<[string, string]>([
  ['classes', 'class A(BaseSettings):\n    a: str\n'.repeat(20_000)],
  ['one class of many fields', `class A(BaseSettings):\n${'    a: str = Field((\n'.repeat(40_000)}`],
  ['an open type', `class A(BaseSettings):\n    a: ${'str | '.repeat(100_000)}`],
])('answers soon on many %s', (_name, code) => {
  const start = performance.now()
  envReads(code, 'python')
  expect(performance.now() - start).toBeLessThan(4_000)
})
