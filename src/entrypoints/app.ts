import { existsSync } from 'node:fs'
import { ConfigError, readAppConfig } from './app/app-config.ts'
import { startSetup, wantsSetup } from './app/setup-app.ts'
import { startApp } from './app/start-app.ts'
import { createEngine } from './engine.ts'
import { createJudge } from './judge.ts'

try {
  // What the setup wrote. Variables that are set already stay as they are.
  if (existsSync('.env')) process.loadEnvFile('.env')
  if (wantsSetup(process.env)) await startSetup(process.env)
  else await serve()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(2)
}

async function serve(): Promise<void> {
  const config = readAppConfig(process.env)
  const app = await startApp(config, createJudge(await createEngine()))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void app.stop().then(() => process.exit(0))
    })
  }
}
