import type { Shape } from './shape.ts'
import type { HostShape } from './url-shape.ts'

/** A shape in words for people: "https URL, no trailing slash". Holds nothing of the value but what the shape tells. */
export function describeShape(shape: Shape): string {
  switch (shape.kind) {
    case 'empty':
      return 'empty'
    case 'placeholder':
      return 'placeholder'
    case 'reference':
      return 'filled in elsewhere'
    case 'encrypted':
      return 'encrypted'
    case 'secret':
      return 'secret'
    case 'boolean':
      return String(shape.value)
    case 'number':
      return String(shape.value)
    case 'quantity':
      return `${shape.value}${shape.unit}`
    case 'url':
      return [
        `${shape.scheme} URL`,
        hostWords(shape),
        shape.credentials ? 'with credentials' : '',
        shape.port === null ? '' : `port ${shape.port}`,
        shape.hasPath ? 'with a path' : '',
        shape.hasQuery ? 'with a query' : '',
        shape.trailingSlash ? 'trailing slash' : 'no trailing slash',
      ]
        .filter((part) => part !== '')
        .join(', ')
    case 'host':
      return [`host`, hostWords(shape), shape.port === null ? '' : `port ${shape.port}`]
        .filter((part) => part !== '')
        .join(', ')
    case 'list':
      return shape.size === 1 ? 'list of 1' : `list of ${shape.size}`
    case 'map':
      return shape.size === 0 ? 'empty section' : 'section'
    case 'text':
      return shape.word ?? (shape.multiline ? 'text of several lines' : 'text')
  }
}

function hostWords(host: HostShape): string {
  if (host.hostClass === 'local') return 'this machine'
  if (host.hostClass === 'example') return 'example host'
  if (host.tier !== null && host.tier !== 'other') return `${host.tier} host`
  return ''
}
