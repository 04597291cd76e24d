import { main } from './cli/main.ts'

/** The command line from its sources. What ships is `cli-starter.ts`. */
process.exitCode = await main(process.argv.slice(2))
