import { mkdir } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { connect } from 'amqplib'
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
import { writePrivateFile } from '../server-record.ts'

export interface RabbitmqOptions extends StartOptions {
  /** Whether the management plugin runs too, on a port of its own. @default false */
  management?: boolean
  /** Memory at which the broker stops taking messages, in bytes. @default 1 GiB, at most 40 % of the machine's */
  memoryLimitBytes?: number
}

/** RabbitMQ, one node, with its own epmd, everything on loopback. */
export function startRabbitmq(options: RabbitmqOptions): Promise<LocalServer> {
  const { management = false, memoryLimitBytes = defaultMemoryLimitBytes(), ...startOptions } = options
  return startServer(recipe({ management, memoryLimitBytes }), startOptions)
}

// Debian's /usr/sbin/rabbitmq-server switches to the user `rabbitmq`, who may not write here.
export const rabbitmqScriptFolders = ['/usr/lib/rabbitmq/bin', '/opt/rabbitmq/sbin']

/** How long a consumer may keep a message, in milliseconds: RabbitMQ 3.10 closes the channel of one that acks later,
 *  whatever the queue asks for. As in docker/rabbitmq.conf. */
export const consumerTimeoutMs = 12 * 60 * 60 * 1_000
const mebibyte = 1024 * 1024

function defaultMemoryLimitBytes(): number {
  return Math.min(totalmem() * 0.4, 1024 * mebibyte)
}

type Settings = Required<Pick<RabbitmqOptions, 'management' | 'memoryLimitBytes'>>

function recipe({ management, memoryLimitBytes }: Settings): ServerRecipe {
  return {
    name: 'rabbitmq',
    title: 'RabbitMQ',
    morePorts: ['distribution', 'epmd', ...(management ? ['management'] : [])],
    readyWithinMs: 120_000,
    stopWithinMs: 60_000,
    async prepare(place) {
      // Erlang keeps its cookie in HOME.
      await mkdir(join(place.dir, 'home'), { recursive: true })
      await mkdir(join(place.dir, 'data'), { recursive: true })
      await writePrivateFile(
        join(place.dir, 'enabled_plugins'),
        management ? '[rabbitmq_management].\n' : '[].\n',
      )
      await writePrivateFile(configurationFile(place), configuration(place, memoryLimitBytes))
    },
    commands: place => [epmd(place), broker(place)],
    async check(place) {
      const connection = await connect(url(place), { timeout: 5_000 })
      // The listener opens before the node has finished booting; a channel needs the virtual host.
      await connection.createChannel()
      await connection.close()
    },
    url,
  }
}

function url({ ports, password }: ServerPlace): string {
  return `amqp://jackalope:${password}@127.0.0.1:${ports.main}`
}

function configurationFile({ dir }: ServerPlace): string {
  return join(dir, 'rabbitmq.conf')
}

// In the foreground, as a process that is recorded: the one that Erlang starts by itself outlives the broker.
function epmd({ dir, ports }: ServerPlace): Command {
  return {
    file: requireProgram('epmd', 'rabbitmq-server'),
    args: ['-address', '127.0.0.1', '-port', String(ports.epmd)],
    env: serverEnvironment(),
    cwd: dir,
  }
}

function broker(place: ServerPlace): Command {
  const { dir, ports } = place
  return {
    file: requireProgram('rabbitmq-server', 'rabbitmq-server', rabbitmqScriptFolders),
    args: [],
    env: serverEnvironment({
      HOME: join(dir, 'home'),
      RABBITMQ_NODENAME: 'jackalope@localhost',
      RABBITMQ_NODE_PORT: String(ports.main),
      RABBITMQ_DIST_PORT: String(ports.distribution),
      ERL_EPMD_PORT: String(ports.epmd),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_MNESIA_BASE: join(dir, 'data'),
      RABBITMQ_LOG_BASE: join(dir, 'data'),
      RABBITMQ_LOGS: '-',
      RABBITMQ_ENABLED_PLUGINS_FILE: join(dir, 'enabled_plugins'),
      RABBITMQ_CONFIG_FILE: configurationFile(place),
      // Files that do not exist, in place of those of the machine's own RabbitMQ.
      RABBITMQ_ADVANCED_CONFIG_FILE: join(dir, 'advanced.config'),
      RABBITMQ_CONF_ENV_FILE: join(dir, 'rabbitmq-env.conf'),
      // Makes the script become the broker instead of waiting for it: one process to record and to signal.
      RABBITMQ_ALLOW_INPUT: 'true',
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-noinput +B i -kernel inet_dist_use_interface {127,0,0,1}',
    }),
    cwd: dir,
  }
}

function configuration({ ports, password }: ServerPlace, memoryLimitBytes: number): string {
  return `listeners.tcp.default = 127.0.0.1:${ports.main}
default_user = jackalope
default_pass = ${password}
consumer_timeout = ${consumerTimeoutMs}
vm_memory_high_watermark.absolute = ${Math.round(memoryLimitBytes)}
raft.wal_max_size_bytes = ${64 * mebibyte}
log.console.level = warning
${ports.management ? `management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = ${ports.management}\n` : ''}`
}
