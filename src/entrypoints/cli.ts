import { main } from './cli/main.ts'

/** The command line from its sources. What ships is `cli-starter.ts`. */
process.exit(await main(process.argv.slice(2)))
