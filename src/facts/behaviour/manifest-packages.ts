/** A package that a manifest asks for, and where. */
export interface PackageLine {
  readonly name: string
  readonly line: number
}

const PATTERNS: readonly (readonly [RegExp, RegExp])[] = [
  [/(?:^|\/)package\.json$/, /"(@?[\w./-]+)"\s*:/g],
  [/(?:^|\/)go\.mod$/, /^(?:require)?\s*([\w.-]+\.[\w.-]+\/[\w./-]+)\s+v/g],
  [/(?:^|\/)(?:requirements[\w.-]*\.(?:txt|in)|requirements\/[\w.-]+\.(?:txt|in))$/, /^([A-Za-z][\w.-]*)/g],
  [
    /(?:^|\/)(?:pyproject\.toml|Pipfile|setup\.(?:cfg|py))$/,
    /(?:^|["'[,])\s*([A-Za-z][\w.-]*)(?:\[[\w, -]*\])?\s*(?:["',]|[<>=~!(])/g,
  ],
]

export function isPackageManifest(path: string): boolean {
  return PATTERNS.some(([paths]) => paths.test(path))
}

/** Names of packages in a manifest, read line by line; `// indirect` ones of Go are not the team's choice. */
export function packagesIn(path: string, text: string): readonly PackageLine[] {
  const pattern = PATTERNS.find(([paths]) => paths.test(path))?.[1]
  if (pattern === undefined) return []
  return text.split('\n').flatMap((line, index) => {
    if (line.length > 2_000 && !path.endsWith('.json')) return []
    if (line.includes('// indirect') || /^\s*#/.test(line)) return []
    return [...line.slice(0, 20_000).matchAll(pattern)].map((match) => ({ name: match[1] ?? '', line: index + 1 }))
  })
}
