import { ConfigError, readAppConfig } from './app/app-config.ts'
import { startApp } from './app/start-app.ts'
import { createEngine } from './engine.ts'
import { createJudge } from './judge.ts'

try {
  const app = await startApp(readAppConfig(process.env), createJudge(await createEngine()))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void app.stop().then(() => process.exit(0))
    })
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(2)
}
