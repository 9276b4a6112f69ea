import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { identify, isRunning, type ProcessIdentity } from '@jackalope/local-servers/stopping'

/** The process that holds a lock. */
export interface LockHolder extends ProcessIdentity {
  /** Name of the holder's command. */
  purpose: string
}

export interface RunLock {
  release(): Promise<void>
}

export interface LockOptions {
  purpose: string
  /** Called once when another process holds the lock. May throw to give up. */
  onWait: (holder: LockHolder) => void
  signal: AbortSignal
}

const pollMs = 250

/** Takes the lock that a file represents; waits while a running process holds it. The lock of a dead process is free.
 *  @throws the error of `onWait`, or the signal's reason */
export async function takeLock(file: string, options: LockOptions): Promise<RunLock> {
  const { purpose, onWait, signal } = options
  await mkdir(dirname(file), { recursive: true })
  const mine = `${file}.${randomUUID()}`
  const holder: LockHolder = { ...(identify(process.pid) as ProcessIdentity), purpose }
  await writeFile(mine, JSON.stringify(holder))
  try {
    for (let told = false; ; told = true) {
      signal.throwIfAborted()
      const other = await tryToTake(file, mine, options)
      if (!other) return { release: () => rm(file, { force: true }) }
      if (!told) onWait(other)
      await delay(pollMs, undefined, { signal }).catch(() => {})
    }
  } finally {
    await rm(mine, { force: true })
  }
}

/** Gives `undefined` when the lock was taken, else its holder. */
async function tryToTake(file: string, mine: string, options: LockOptions): Promise<LockHolder | undefined> {
  for (;;) {
    // Making a link is atomic: it appears with all its content, or not at all.
    if (await isLinked(mine, file)) return undefined
    const text = await readIfThere(file)
    if (text === undefined) continue
    const holder = JSON.parse(text) as LockHolder
    if (isRunning(holder)) return holder
    await removeStale(file, text, options)
  }
}

/** Removes a stale lock, under a lock of its own: a later process must not remove the new lock in its place. */
async function removeStale(file: string, staleText: string, options: LockOptions): Promise<void> {
  const lock = await takeLock(`${file}.stale`, options)
  try {
    if ((await readIfThere(file)) === staleText) await rm(file)
  } finally {
    await lock.release()
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  return await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

/** Makes a link; gives `false` when the file exists already. */
async function isLinked(existing: string, file: string): Promise<boolean> {
  return await link(existing, file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
}
