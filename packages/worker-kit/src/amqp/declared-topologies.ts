import type { ParkingTopology, QueueTopology } from './topology.ts'

export type Topology = QueueTopology | ParkingTopology

/** Remembers which topologies are declared, so that each is declared once per connection. */
export class DeclaredTopologies {
  readonly #declareOnBroker: (topology: Topology) => Promise<void>
  readonly #declared = new Map<string, Promise<void>>()
  readonly #ready = new Set<string>()

  constructor(declareOnBroker: (topology: Topology) => Promise<void>) {
    this.#declareOnBroker = declareOnBroker
  }

  declare(topology: Topology): Promise<void> {
    const known = this.#declared.get(topology.queue)
    if (known) return known
    const declared = this.#declareOnBroker(topology)
    this.#declared.set(topology.queue, declared)
    const isCurrent = () => this.#declared.get(topology.queue) === declared
    declared.then(
      () => isCurrent() && this.#ready.add(topology.queue),
      () => isCurrent() && this.forget(topology),
    )
    return declared
  }

  /** Whether `declare` has nothing to do. */
  has({ queue }: { queue: string }): boolean {
    return this.#ready.has(queue)
  }

  /** Makes the next `declare` of this topology ask the broker. */
  forget({ queue }: { queue: string }): void {
    this.#declared.delete(queue)
    this.#ready.delete(queue)
  }

  forgetAll(): void {
    this.#declared.clear()
    this.#ready.clear()
  }
}
