import { InvalidArgumentError } from 'commander'
import { nearestName } from '../../policy/nearest-name.ts'

/** Parser of an option that takes one of some names; another is refused with the nearest. */
export function oneOf<const Name extends string>(names: readonly Name[]): (value: string) => Name {
  return (value) => {
    const name = names.find((known) => known === value)
    if (name === undefined) throw new InvalidArgumentError(nearestOf(value, names))
    return name
  }
}

/** `Did you mean json?`, or all that is known when nothing is near. */
export function nearestOf(value: string, names: readonly string[]): string {
  const nearest = nearestName(value, names)
  return nearest === null ? `Known are ${names.join(', ')}.` : `Did you mean ${nearest}?`
}
