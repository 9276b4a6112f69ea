/** Lets an owner have a few requests at a time: slow endpoints of one must not hold up those of others. */
export interface OwnerTurns {
  /** Gives what ends the turn; `undefined` when the owner has as many as he can have. */
  enter(ownerId: string): (() => void) | undefined
}

/** @param limit - most turns of an owner at a time. Integer >= 1 */
export function createOwnerTurns(limit: number): OwnerTurns {
  const running = new Map<string, number>()
  return {
    enter(ownerId) {
      const count = running.get(ownerId) ?? 0
      if (count >= limit) return undefined
      running.set(ownerId, count + 1)
      return () => {
        const left = (running.get(ownerId) ?? 1) - 1
        if (left > 0) running.set(ownerId, left)
        else running.delete(ownerId)
      }
    },
  }
}
