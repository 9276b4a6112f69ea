import { ObjectId } from 'mongodb'
import type { BlobCollections } from './collections.ts'
import { removeChunks } from './remove-blob.ts'

export interface StraySweepOptions {
  /** Blobs whose chunks one call looks at. Integer >= 1. @default 2_000 */
  maxLookedAt?: number
  /** Blobs that are looked up at a time. Integer >= 1. @default 100 */
  atOnce?: number
  /** Whether nothing is looked for on a server that would read the chunks themselves for it. @default true */
  needsIndex?: boolean
}

/** Finds chunks that belong to nothing: what a writer that was given up, or a server that came back, wrote behind a removal. Each call looks
 *  at a part of the index of the chunks, and the next one goes on; no chunk is read. */
export class StraySweep {
  readonly #options: Required<StraySweepOptions>
  /** The last id that was looked at. */
  #after: ObjectId | undefined
  #isCheap: Promise<boolean> | undefined

  constructor({ maxLookedAt = 2_000, atOnce = 100, needsIndex = true }: StraySweepOptions = {}) {
    this.#options = { maxLookedAt, atOnce, needsIndex }
  }

  /** Removes such chunks of blobs that were begun before that time; gives the number of blobs. */
  async run(collections: BlobCollections, begunBefore: Date): Promise<number> {
    const { maxLookedAt, atOnce, needsIndex } = this.#options
    if (needsIndex && !(await this.#knowCost(collections))) return 0
    let removed = 0
    for (let lookedAt = 0; lookedAt < maxLookedAt; lookedAt += atOnce) {
      const ids = await this.#next(collections, begunBefore)
      for (const id of await findStrays(collections, ids)) {
        await removeChunks(collections, id)
        removed += 1
      }
      if (ids.length < atOnce) {
        this.#after = undefined
        break
      }
    }
    return removed
  }

  /** The server's plan tells whether its index alone answers. One that does not plan so, such as SecantusDB, would load all chunks. */
  async #knowCost(collections: BlobCollections): Promise<boolean> {
    this.#isCheap ??= firstChunk(collections, { $lt: new ObjectId() })
      .explain('queryPlanner')
      .then(plan => !/"stage":"(FETCH|SORT|COLLSCAN)"/.test(JSON.stringify(plan)))
    return await this.#isCheap.catch(error => {
      this.#isCheap = undefined
      throw error
    })
  }

  /** The ids that the next chunks bear, each once: one step in the index for each blob, however many chunks it has. */
  async #next(collections: BlobCollections, begunBefore: Date): Promise<ObjectId[]> {
    const $lt = ObjectId.createFromTime(Math.floor(begunBefore.getTime() / 1_000))
    const ids: ObjectId[] = []
    while (ids.length < this.#options.atOnce) {
      const range = this.#after ? { $gt: this.#after, $lt } : { $lt }
      const chunk = await firstChunk(collections, range).next()
      if (!chunk) break
      ids.push(chunk.files_id)
      this.#after = chunk.files_id
    }
    return ids
  }
}

/** The first chunk of a range of ids, of which its index tells the id. */
function firstChunk({ chunks }: BlobCollections, range: { $gt?: ObjectId; $lt: ObjectId }) {
  const order = { files_id: 1, n: 1 } as const
  const options = { hint: order, sort: order, projection: { _id: 0, files_id: 1 }, limit: 1 } as const
  return chunks.find({ files_id: range }, options)
}

/** Gives those ids that no blob has, finished or not. */
async function findStrays({ files, unfinished }: BlobCollections, ids: ObjectId[]): Promise<ObjectId[]> {
  if (ids.length === 0) return []
  const theirs = { $or: [{ _id: { $in: ids } }, { chunksOf: { $in: ids } }] }
  const options = { projection: { _id: 1, chunksOf: 1 } } as const
  // In this order: a blob that becomes visible is in `files` before it leaves `unfinished`.
  const known = [
    ...(await unfinished.find(theirs, options).toArray()),
    ...(await files.find(theirs, options).toArray()),
  ]
  const owned = new Set(known.flatMap(({ _id, chunksOf }) => [_id, chunksOf]).map(id => id?.toHexString()))
  return ids.filter(id => !owned.has(id.toHexString()))
}
