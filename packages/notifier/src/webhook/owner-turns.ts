/** Lets an owner have a few requests at a time: slow endpoints of one must not hold up those of others. */
export interface OwnerTurns {
  /** Gives what ends the turn. When the owner has as many as he can have: how long to wait for one, in milliseconds. */
  enter(ownerId: string): Turn
}

export type Turn = { leave: () => void; waitMs?: undefined } | { waitMs: number; leave?: undefined }

/** Shortest wait for a turn, in milliseconds. */
const leastWaitMs = 2_000
/** Time between two of an owner's that come back, in milliseconds: to put off a hundred thousand deliveries again and again
 *  would hold up all others, too. */
const spacingMs = 25

interface Owner {
  running: number
  /** When the last one that was put off comes back, in milliseconds. */
  lastBackMs: number
}

/** @param limit - most turns of an owner at a time. Integer >= 1 */
export function createOwnerTurns(limit: number): OwnerTurns {
  const owners = new Map<string, Owner>()
  return {
    enter(ownerId) {
      const owner = owners.get(ownerId) ?? { running: 0, lastBackMs: 0 }
      if (owner.running >= limit) {
        const now = performance.now()
        owner.lastBackMs = Math.max(owner.lastBackMs + spacingMs, now + leastWaitMs)
        return { waitMs: Math.ceil(owner.lastBackMs - now) }
      }
      owner.running += 1
      owners.set(ownerId, owner)
      return {
        leave() {
          owner.running -= 1
          if (owner.running === 0) owners.delete(ownerId)
        },
      }
    },
  }
}
