/** What takes jobs. */
export interface PausableWorker {
  pause(): Promise<void>
  resume(): Promise<void>
}

/** A worker that several may pause: it takes jobs while none of them wants it to rest. */
export interface Intake {
  /** A switch of one's own. Both of its calls may be repeated; they resolve when the worker has followed. */
  createSwitch(): PausableWorker
}

export function createIntake(worker: PausableWorker): Intake {
  const reasons = new Set<symbol>()
  let isPaused = false
  let last: Promise<void> = Promise.resolve()

  // One after the other: a worker that is told to go on while it stops would do either.
  function follow(): Promise<void> {
    last = last
      .catch(() => {})
      .then(async () => {
        const mustPause = reasons.size > 0
        if (mustPause === isPaused) return
        await (mustPause ? worker.pause() : worker.resume())
        isPaused = mustPause
      })
    return last
  }

  return {
    createSwitch() {
      const reason = Symbol('reason')
      return {
        pause() {
          reasons.add(reason)
          return follow()
        },
        resume() {
          reasons.delete(reason)
          return follow()
        },
      }
    },
  }
}
