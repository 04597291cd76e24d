import * as z from 'zod'

export const configEnvOptions = z.strictObject({
  expected: z
    .array(
      z.strictObject({
        keys: z.array(z.string().min(1).max(200)).describe('Keys, `*` stands for any text: `FEATURE_*`, `*.replicas`.'),
        kinds: z.array(z.string().min(1).max(60)).describe('Kinds of exposure to expect; empty means all.'),
      }),
    )
    .describe('What differs between environments on purpose. Exposures of these keys and kinds are covered.'),
  provided: z
    .array(z.string().min(1).max(200))
    .describe('Variables that the platform sets by itself, `*` stands for any text: `ACME_*`.'),
})

export type ConfigEnvOptions = z.infer<typeof configEnvOptions>
