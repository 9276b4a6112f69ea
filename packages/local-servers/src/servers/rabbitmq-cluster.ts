import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { ServerPlace } from '../server.ts'
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts'
import { keepRegistered } from './epmd-registration.ts'
import { type RabbitmqServer, startRabbitmqNode } from './rabbitmq.ts'

/** A cluster of RabbitMQ nodes on this machine that a test can partition. */
export interface RabbitmqCluster {
  readonly nodes: readonly RabbitmqServer[]
  /** Cuts a node off from the other nodes; clients still reach all nodes. */
  cutOff(node: RabbitmqServer): Promise<void>
  /** Ends the partition. */
  heal(): Promise<void>
  stop(): Promise<void>
}

export interface RabbitmqClusterOptions {
  /** Folder of the cluster. Created if missing. */
  dir: string
  /** How many nodes. Integer >= 1. @default 3 */
  size?: number
  /** Aborting ends the start; what was started is stopped. */
  signal?: AbortSignal
}

/** Starts a cluster. Each node has its own epmd, which points to proxies before the other nodes: so the connection
 *  between any two nodes can be cut. RabbitMQ pauses a node in a minority.
 *  @throws {LocalServerError} `ERR_START_FAILED`, `ERR_PROGRAM_MISSING`
 *  @throws the signal's reason */
export async function startRabbitmqCluster({
  dir,
  size = 3,
  signal,
}: RabbitmqClusterOptions): Promise<RabbitmqCluster> {
  const names = Array.from({ length: size }, (_, i) => `node${i + 1}`)
  const network = new ClusterNetwork(names)
  const [cookie, password] = [randomBytes(18).toString('hex'), randomBytes(18).toString('hex')]
  const starting = names.map(name => {
    const onPorts = (ports: ServerPlace['ports']) => network.join(name, ports)
    return startRabbitmqNode(
      name,
      { dir: join(dir, name), signal },
      { nodes: names, cookie, password, onPorts },
    )
  })
  // If one fails, the others must not wait for its ports.
  for (const start of starting) start.catch(error => network.giveUp(error))
  const started = await Promise.allSettled(starting)
  const nodes = started.flatMap(outcome => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const stop = async () => {
    try {
      await Promise.all(nodes.map(node => node.stop()))
    } finally {
      await network.close()
    }
  }
  const failure = started.find(outcome => outcome.status === 'rejected')
  if (failure) {
    await stop()
    throw failure.reason
  }
  return {
    nodes,
    cutOff: node => network.cutOff(names[nodes.indexOf(node)] as string),
    heal: () => network.heal(),
    stop,
  }
}

interface Link {
  from: string
  to: string
  proxy: TcpProxy
  unregister: () => void
}

/** The connections between the nodes. */
class ClusterNetwork {
  readonly #names: readonly string[]
  readonly #ports = new Map<string, ServerPlace['ports']>()
  readonly #links: Link[] = []
  readonly #complete = Promise.withResolvers<void>()

  constructor(names: readonly string[]) {
    this.#names = names
    this.#complete.promise.catch(() => undefined)
  }

  /** Resolves when the node is connected with every other node through proxies. */
  async join(name: string, ports: ServerPlace['ports']): Promise<void> {
    if (this.#ports.has(name)) return
    this.#ports.set(name, ports)
    if (this.#ports.size === this.#names.length)
      this.#connectAll().then(this.#complete.resolve, this.#complete.reject)
    await this.#complete.promise
  }

  /** Rejects the waiting `join` calls. */
  giveUp(reason: unknown): void {
    this.#complete.reject(reason)
  }

  async cutOff(name: string): Promise<void> {
    await Promise.all(
      this.#links.filter(({ from, to }) => from === name || to === name).map(({ proxy }) => proxy.cut()),
    )
  }

  async heal(): Promise<void> {
    await Promise.all(this.#links.map(({ proxy }) => proxy.restore()))
  }

  async close(): Promise<void> {
    for (const { unregister } of this.#links) unregister()
    await Promise.all(this.#links.map(({ proxy }) => proxy.cut()))
  }

  async #connectAll(): Promise<void> {
    for (const from of this.#names)
      for (const to of this.#names) if (from !== to) this.#links.push(await this.#connect(from, to))
  }

  async #connect(from: string, to: string): Promise<Link> {
    const port = (name: string, role: string) => this.#ports.get(name)?.[role] as number
    const proxy = await startTcpProxy({ port: port(to, 'distribution') })
    return { from, to, proxy, unregister: keepRegistered(port(from, 'epmd'), to, proxy.port) }
  }
}
