import type { ChangeSource } from '../change/change-source.ts'

/** Starts to read the change at once, so that git works while the policy is being read. Ends only when that reading has ended. */
export async function whileReading<T>(source: ChangeSource, use: (source: ChangeSource) => Promise<T>): Promise<T> {
  const change = source.readChange()
  // Whoever asks for the change hears of a failure; when the policy is wrong, nobody asks.
  const ended = change.then(
    () => {},
    () => {},
  )
  try {
    return await use({ ...source, readChange: () => change })
  } finally {
    await ended
  }
}
