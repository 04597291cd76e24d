#!/usr/bin/env node
import module from 'node:module'

// Node 22 and later keep the compiled code of the modules below: later starts are quicker. Node 20 has no such thing.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') module.enableCompileCache()

const { main } = await import('./cli/main.ts')
process.exitCode = await main(process.argv.slice(2))
