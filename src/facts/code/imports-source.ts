/** Does an import, as written in a test, mean this source file? Resolved by path alone: no package manager is asked. */
export function importsSource(testPath: string, module: string, names: readonly string[], sourcePath: string): boolean {
  const source = withoutExtension(sourcePath)
  return candidates(testPath, module, names).some((target) => means(target, source))
}

function means(target: string, source: string): boolean {
  if (target === '') return false
  const file = source.replace(/\/(?:index|__init__|mod)$/, '')
  const folder = source.includes('/') ? source.slice(0, source.lastIndexOf('/')) : ''
  return (
    [source, file].some((one) => one === target || (target.includes('/') && one.endsWith(`/${target}`))) ||
    (target.startsWith('go:') && folder !== '' && `/${target.slice(3)}`.endsWith(`/${folder}`))
  )
}

function candidates(testPath: string, module: string, names: readonly string[]): readonly string[] {
  if (testPath.endsWith('.py')) return pythonTargets(testPath, module, names)
  if (testPath.endsWith('.go')) return [`go:${module}`]
  if (module.startsWith('.')) return [withoutExtension(join(folderOf(testPath), module))]
  return [withoutExtension(module.replace(/^(?:[@~#][\w-]*\/|\/)/, ''))]
}

/** `from ..orders import service` → a/orders, a/orders/service. */
function pythonTargets(testPath: string, module: string, names: readonly string[]): readonly string[] {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0
  const rest = module.slice(dots).replaceAll('.', '/')
  let folder = folderOf(testPath)
  for (let up = 1; up < dots; up++) folder = folderOf(folder)
  const target = dots === 0 ? rest : [folder, rest].filter((part) => part !== '').join('/')
  return [target, ...names.map((name) => `${target}/${name}`)]
}

function join(folder: string, relative: string): string {
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

function withoutExtension(path: string): string {
  return path.replace(/\.(?:[mc]?[jt]sx?|py|go)$/, '')
}
