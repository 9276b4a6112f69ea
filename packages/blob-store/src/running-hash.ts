import { createSHA256 } from 'hash-wasm'

/** SHA-256 of bytes that come in several appends, also to several processes: its state can be kept. Node's own hash keeps
 *  its state to itself. */
export interface RunningHash {
  update(bytes: Uint8Array): void
  /** The state after all bytes so far, for `resumeHash`. */
  save(): Uint8Array
  /** The digest in hexadecimal. Nothing may be added afterwards. */
  digest(): string
}

/** A hash of no bytes yet. */
export async function startHash(): Promise<RunningHash> {
  const hash = await createSHA256()
  hash.init()
  return {
    update: bytes => void hash.update(bytes),
    save: () => hash.save(),
    digest: () => hash.digest('hex'),
  }
}

/** Goes on with a hash; `undefined` if the state is none, or of an incompatible version. */
export async function resumeHash(state: Uint8Array): Promise<RunningHash | undefined> {
  const hash = await createSHA256()
  try {
    hash.load(state)
  } catch {
    return undefined
  }
  return {
    update: bytes => void hash.update(bytes),
    save: () => hash.save(),
    digest: () => hash.digest('hex'),
  }
}
