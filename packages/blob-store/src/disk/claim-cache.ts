import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type LaterChanges, readChanges } from './disk-blob.ts'
import type { DiskFolder } from './disk-folder.ts'

/** A folder that changed in the last moment may change again without a new time, in milliseconds: its times are as coarse
 *  as the kernel's clock. */
const settledMs = 1_000

/** Remembers what changed after blobs became visible. A blob's folder has a new modification time then. */
export class ClaimCache {
  readonly #folder: DiskFolder
  readonly #known = new Map<string, { changedAtMs: number; changes: LaterChanges }>()

  constructor(folder: DiskFolder) {
    this.#folder = folder
  }

  /** @throws an error of the file system, `ENOENT` if the blob is gone */
  async read(id: string): Promise<LaterChanges> {
    const { mtimeMs: changedAtMs } = await stat(join(this.#folder.blobs, id))
    const known = this.#known.get(id)
    if (known?.changedAtMs === changedAtMs) return known.changes
    const changes = await readChanges(this.#folder, id)
    if (Date.now() - changedAtMs > settledMs) this.#known.set(id, { changedAtMs, changes })
    return changes
  }

  /** Whether a field is known to be claimed. A claim is never taken back. */
  hasClaim(id: string, field: string): boolean {
    return Object.hasOwn(this.#known.get(id)?.changes.claims ?? {}, field)
  }

  /** Whether the content is known to be removed. It never comes back. */
  hasLostContent(id: string): boolean {
    return this.#known.get(id)?.changes.contentRemovedAt !== undefined
  }

  /** Forgets all blobs but these. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#known.delete(id)
  }
}
