import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readClaims } from './disk-blob.ts'
import type { DiskFolder } from './disk-folder.ts'

/** A folder that changed in the last moment may change again without a new time, in milliseconds: its times are as coarse
 *  as the kernel's clock. */
const settledMs = 1_000

type Claims = Record<string, unknown>

/** Remembers metadata fields that were claimed. A blob's folder has a new modification time when another is claimed. */
export class ClaimCache {
  readonly #folder: DiskFolder
  readonly #known = new Map<string, { changedAtMs: number; claims: Claims }>()

  constructor(folder: DiskFolder) {
    this.#folder = folder
  }

  /** @throws an error of the file system, `ENOENT` if the blob is gone */
  async read(id: string): Promise<Claims> {
    const { mtimeMs: changedAtMs } = await stat(join(this.#folder.blobs, id))
    const known = this.#known.get(id)
    if (known?.changedAtMs === changedAtMs) return known.claims
    const claims = await readClaims(this.#folder, id)
    if (Date.now() - changedAtMs > settledMs) this.#known.set(id, { changedAtMs, claims })
    return claims
  }

  /** Whether a field is known to be claimed. A claim is never taken back. */
  hasClaim(id: string, field: string): boolean {
    return Object.hasOwn(this.#known.get(id)?.claims ?? {}, field)
  }

  /** Forgets all blobs but these. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#known.delete(id)
  }
}
