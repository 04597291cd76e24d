/** What a script needs to review a change: `examples` in README.md. Everything else is free to change. */
export { type CheckId, checks } from './checks/index.ts'
