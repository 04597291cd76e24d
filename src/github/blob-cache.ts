import type { Blob } from '../change/blob.ts'
import type { BlobId } from '../change/change.ts'

/** Contents by id, the least used dropped first. A blob never changes, so nothing expires. */
export class BlobCache {
  readonly #blobs = new Map<BlobId, Blob>()
  readonly #maxCharacters: number
  #characters = 0

  /** `maxCharacters`: how much text is kept, over all blobs. */
  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters
  }

  get(id: BlobId): Blob | undefined {
    const blob = this.#blobs.get(id)
    if (blob === undefined) return undefined
    this.#blobs.delete(id)
    this.#blobs.set(id, blob)
    return blob
  }

  set(id: BlobId, blob: Blob): void {
    this.#drop(id)
    this.#blobs.set(id, blob)
    this.#characters += weight(blob)
    for (const oldest of this.#blobs.keys()) {
      if (this.#characters <= this.#maxCharacters) return
      this.#drop(oldest)
    }
  }

  #drop(id: BlobId): void {
    const blob = this.#blobs.get(id)
    if (blob === undefined) return
    this.#blobs.delete(id)
    this.#characters -= weight(blob)
  }
}

/** An entry without text still takes room. */
const ENTRY = 200

function weight(blob: Blob): number {
  return ENTRY + (blob.status === 'text' ? blob.text.length : 0)
}
