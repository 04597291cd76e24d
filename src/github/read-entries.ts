import * as z from 'zod'
import type { TreeEntry } from '../change/change.ts'
import { entryKind } from '../change/entry-kind.ts'
import type { Api } from './github-client.ts'
import { graphQuery } from './graph-query.ts'
import type { Repository } from './repository.ts'

const FOLDERS_PER_QUERY = 50

const Folder = z
  .object({ entries: z.array(z.object({ name: z.string(), mode: z.number(), oid: z.string() })).optional() })
  .nullish()
const Answer = z.object({ repository: z.record(z.string(), Folder) })

/** Looks up single paths of a commit, folder by folder: for what a truncated listing does not have. */
export async function readEntries(
  api: Api,
  repository: Repository,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeEntry>> {
  const found = new Map<string, TreeEntry>()
  const wanted = new Set(paths)
  const folders = [...new Set(paths.map(folderOf))].sort()
  for (let from = 0; from < folders.length; from += FOLDERS_PER_QUERY) {
    const batch = folders.slice(from, from + FOLDERS_PER_QUERY)
    const fields = batch.map(
      (folder, i) =>
        `f${i}: object(expression: ${JSON.stringify(`${commit}:${folder}`)}) { ... on Tree { entries { name mode oid } } }`,
    )
    const query = `query($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { ${fields.join('\n')} } }`
    const answer = await graphQuery(api, {
      what: 'folders of the change',
      query,
      variables: { ...repository },
      shape: Answer,
    })
    for (const [i, folder] of batch.entries()) {
      for (const { name, mode, oid } of answer.repository[`f${i}`]?.entries ?? []) {
        const path = folder === '' ? name : `${folder}/${name}`
        if (wanted.has(path)) found.set(path, { path, blob: oid, kind: entryKind(mode.toString(8).padStart(6, '0')) })
      }
    }
  }
  return found
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}
