import type { FactsByNeed } from '../../src/facts/facts.ts'
import { NO_HABITS } from '../../src/facts/migration/habits.ts'
import { catalog } from './catalog.ts'

/** The facts of an empty change: for tests that give a check the one need they are about. */
export const noFacts: FactsByNeed = {
  behaviour: {
    files: [],
    lost: [],
    practice: { flags: [], telemetry: [], rules: [], flagKeys: [], listedFlags: [], searched: '' },
    catalog,
  },
  code: { files: [] },
  config: {
    files: [],
    siblings: [],
    reads: [],
    mentions: new Map(),
    inherits: new Map(),
    readElsewhere: new Map(),
    chartValues: new Map(),
    chartOverlays: new Map(),
    templates: [],
    objectKeys: { objects: new Map(), reads: [] },
    moved: [],
    localDefaults: new Map(),
    switches: [],
    credentials: [],
    places: [],
    takenWhole: false,
    searched: { files: 0, truncated: false },
    environments: [],
  },
  contracts: { files: [] },
  infrastructure: { changes: [], files: 0 },
  migrations: {
    files: [],
    runs: [],
    rehearsals: [],
    oldReaders: new Map(),
    newUses: new Set(),
    habits: NO_HABITS,
    asOf: null,
  },
  tests: { bySource: new Map(), listed: 0, searched: '' },
}
