import { checkIds } from '../../review/review.ts'
import { readCheckPage } from '../assets.ts'
import { nearestOf } from './choice.ts'
import { print } from './output.ts'
import { Refusal } from './refusal.ts'

/** Prints the page of a check as it is written. */
export async function explainCommand(id: string): Promise<void> {
  const known = checkIds().find((one) => one === id)
  if (known === undefined) throw new Refusal(`There is no check ${JSON.stringify(id)}. ${nearestOf(id, checkIds())}`)
  await print(readCheckPage(known))
}
