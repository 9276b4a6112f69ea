import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { withAmqpConnection } from '../amqp-connection.ts'
import { serverEnvironment } from '../process/environment.ts'
import type { Command } from '../process/launch.ts'
import { requireProgram } from '../programs/find-program.ts'
import {
  type LocalServer,
  type ServerPlace,
  type ServerRecipe,
  type StartOptions,
  startServer,
} from '../server.ts'
import { readServerRecord, writePrivateFile } from '../server-record.ts'
import { makeRabbitmqHome } from './rabbitmq-home.ts'

export interface RabbitmqOptions extends StartOptions {
  /** Whether the management plugin runs too, on a port of its own. @default false */
  management?: boolean
  /** Memory at which the broker blocks publishers, in bytes. @default 1 GiB, at most 40 % of the machine's */
  memoryLimitBytes?: number
  /** Largest message that the broker accepts, in bytes. @default RabbitMQ's: 128 MiB before 4.0, then 16 MiB */
  maxMessageBytes?: number
}

/** What a node needs to join a cluster. */
export interface ClusterMembership {
  /** Names of all nodes, without their host. */
  nodes: readonly string[]
  /** Erlang's cookie, the same for all nodes. */
  cookie: string
  /** Password of the cluster's only user. */
  password: string
  /** Called with the node's ports before every start. */
  onPorts: (ports: ServerPlace['ports']) => Promise<void>
}

export interface RabbitmqServer extends LocalServer {
  /** Runs `rabbitmqctl` on this running node; gives its output. */
  control(...args: string[]): Promise<string>
}

/** One RabbitMQ node with its own epmd, on loopback only. */
export function startRabbitmq(options: RabbitmqOptions): Promise<RabbitmqServer> {
  return startRabbitmqNode('jackalope', options)
}

/** @param nodeName - without its host */
export async function startRabbitmqNode(
  nodeName: string,
  options: RabbitmqOptions,
  cluster?: ClusterMembership,
): Promise<RabbitmqServer> {
  const { management = false, memoryLimitBytes = defaultMemoryLimitBytes(), maxMessageBytes } = options
  const settings = { nodeName, management, memoryLimitBytes, maxMessageBytes, cluster }
  const server = await startServer(recipe(settings), options)
  return {
    ...server,
    async control(...args) {
      const ports = (await readServerRecord(server.dir))?.ports as ServerPlace['ports']
      const program = requireProgram('rabbitmqctl', 'rabbitmq-server', rabbitmqScriptFolders)
      const place = { dir: server.dir, ports }
      const { stdout } = await promisify(execFile)(program, ['--quiet', ...args], {
        env: serverEnvironment(nodeEnvironment(nodeName, place)),
        // Erlang writes crash dumps here.
        cwd: server.dir,
        timeout: controlWithinMs,
      })
      return stdout
    },
  }
}

/** Longest run of `rabbitmqctl`, in milliseconds. */
const controlWithinMs = 120_000

// Debian's /usr/sbin/rabbitmq-server does not fit: it switches to the user `rabbitmq`, who may not write here.
export const rabbitmqScriptFolders = ['/usr/lib/rabbitmq/bin', '/opt/rabbitmq/sbin']

/** Longest time between a delivery and its ack, in milliseconds. RabbitMQ 3.10 ignores the queue's argument and closes
 *  the channel after this time. The value is that of docker/rabbitmq.conf. */
export const consumerTimeoutMs = 12 * 60 * 60 * 1_000
const mebibyte = 1024 * 1024

function defaultMemoryLimitBytes(): number {
  return Math.min(totalmem() * 0.4, 1024 * mebibyte)
}

interface Settings {
  nodeName: string
  management: boolean
  memoryLimitBytes: number
  maxMessageBytes: number | undefined
  cluster: ClusterMembership | undefined
}

function recipe(settings: Settings): ServerRecipe {
  const { management, cluster } = settings
  const url = ({ ports, password }: ServerPlace) =>
    `amqp://jackalope:${cluster?.password ?? password}@127.0.0.1:${ports.main}`
  return {
    name: 'rabbitmq',
    title: 'RabbitMQ',
    morePorts: ['distribution', 'epmd', ...(management ? ['management'] : [])],
    readyWithinMs: 120_000,
    stopWithinMs: 60_000,
    async prepare(place) {
      const home = join(place.dir, 'home')
      await mkdir(home, { recursive: true })
      await mkdir(join(place.dir, 'data'), { recursive: true })
      if (cluster) await writePrivateFile(join(home, '.erlang.cookie'), cluster.cookie)
      await writePrivateFile(join(place.dir, 'enabled_plugins'), `[${pluginsOf(settings).join(',')}].\n`)
      await writePrivateFile(configurationFile(place), configuration(place, settings))
      await cluster?.onPorts(place.ports)
    },
    commands: async place => [epmd(place), await broker(place, settings)],
    async check(place) {
      // The listener opens before the node has finished booting; a channel needs the virtual host.
      await withAmqpConnection(url(place), connection => connection.createChannel())
    },
    url,
  }
}

function configurationFile({ dir }: Pick<ServerPlace, 'dir'>): string {
  return join(dir, 'rabbitmq.conf')
}

// Runs in the foreground as a recorded process: the epmd that Erlang starts by itself outlives the broker.
function epmd({ dir, ports }: ServerPlace): Command {
  return {
    file: requireProgram('epmd', 'rabbitmq-server'),
    args: ['-address', '127.0.0.1', '-port', String(ports.epmd)],
    env: serverEnvironment(),
    cwd: dir,
  }
}

/** Environment with which the node and `rabbitmqctl` find the node. */
function nodeEnvironment(nodeName: string, place: Pick<ServerPlace, 'dir' | 'ports'>) {
  return {
    // Erlang's cookie is in this folder.
    HOME: join(place.dir, 'home'),
    RABBITMQ_NODENAME: `${nodeName}@localhost`,
    ERL_EPMD_PORT: String(place.ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_CONFIG_FILE: configurationFile(place),
    // Missing files, so that those of the machine's own RabbitMQ are not read.
    RABBITMQ_ADVANCED_CONFIG_FILE: join(place.dir, 'advanced.config'),
    RABBITMQ_CONF_ENV_FILE: join(place.dir, 'rabbitmq-env.conf'),
  }
}

function pluginsOf({ management }: Settings): string[] {
  return management ? ['rabbitmq_management'] : []
}

async function broker(place: ServerPlace, settings: Settings): Promise<Command> {
  const { dir, ports } = place
  const file = requireProgram('rabbitmq-server', 'rabbitmq-server', rabbitmqScriptFolders)
  return {
    file,
    args: [],
    env: serverEnvironment({
      ...nodeEnvironment(settings.nodeName, place),
      ...(await makeRabbitmqHome({ cwd: dir, name: 'program' }, file, pluginsOf(settings))),
      RABBITMQ_NODE_PORT: String(ports.main),
      RABBITMQ_DIST_PORT: String(ports.distribution),
      RABBITMQ_MNESIA_BASE: join(dir, 'data'),
      RABBITMQ_LOG_BASE: join(dir, 'data'),
      RABBITMQ_LOGS: '-',
      RABBITMQ_ENABLED_PLUGINS_FILE: join(dir, 'enabled_plugins'),
      // The script then executes the broker in its own process: there is one process to record and to signal.
      RABBITMQ_ALLOW_INPUT: 'true',
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-noinput +B i -kernel inet_dist_use_interface {127,0,0,1}',
    }),
    cwd: dir,
  }
}

function configuration({ ports, password }: ServerPlace, settings: Settings): string {
  const { cluster, memoryLimitBytes, maxMessageBytes } = settings
  const lines = [
    `listeners.tcp.default = 127.0.0.1:${ports.main}`,
    'default_user = jackalope',
    `default_pass = ${cluster?.password ?? password}`,
    `consumer_timeout = ${consumerTimeoutMs}`,
    `vm_memory_high_watermark.absolute = ${Math.round(memoryLimitBytes)}`,
    `raft.wal_max_size_bytes = ${64 * mebibyte}`,
    'log.console.level = warning',
  ]
  if (maxMessageBytes !== undefined) lines.push(`max_message_size = ${maxMessageBytes}`)
  if (ports.management)
    lines.push('management.tcp.ip = 127.0.0.1', `management.tcp.port = ${ports.management}`)
  if (cluster) {
    lines.push(
      'cluster_formation.peer_discovery_backend = classic_config',
      ...cluster.nodes.map(
        (name, i) => `cluster_formation.classic_config.nodes.${i + 1} = ${name}@localhost`,
      ),
      // A node in a minority cannot confirm messages: it pauses, and its clients reconnect to other nodes.
      'cluster_partition_handling = pause_minority',
    )
  }
  return `${lines.join('\n')}\n`
}
