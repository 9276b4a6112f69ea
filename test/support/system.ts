import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Project, projectAt } from '../../packages/cli/src/project.ts'
import { loadSecrets } from '../../packages/cli/src/system/secrets.ts'
import { planServices, type ServiceName } from '../../packages/cli/src/system/services.ts'
import {
  type LocalServer,
  startMariadb,
  startMongodb,
  startRabbitmq,
  startRedis,
  startServer,
  startSmtpCatcher,
} from '../../packages/local-servers/src/index.ts'

export type ServerName = 'rabbitmq' | 'redis' | 'mariadb' | 'mongodb'

export interface TestSystem {
  gatewayUrl: string
  mongodbUrl: string
  servers: Record<ServerName, LocalServer>
  services: Record<ServiceName, LocalServer>
  /** Starts one more converter. */
  addConverter(): Promise<LocalServer>
  /** Where converters keep the files of running jobs. */
  workDir: string
  /** The mails sent so far, whole. */
  mails(): Promise<string[]>
}

/** The whole system as `./jackalope up` starts it, with servers of its own in a temporary folder; stopped afterwards. */
export async function startTestSystem(t: TestContext): Promise<TestSystem> {
  const dir = await mkdtemp(join(tmpdir(), 'jackalope-e2e-'))
  const running: LocalServer[] = []
  t.after(async () => {
    for (const server of running.toReversed()) await server.stop()
    await rm(dir, { recursive: true, force: true })
  })
  const kept = async <S extends LocalServer>(starting: Promise<S>): Promise<S> => {
    const server = await starting
    running.push(server)
    return server
  }

  const [rabbitmq, redis, mariadb, mongodb, smtp] = await Promise.all([
    kept(startRabbitmq({ dir: join(dir, 'rabbitmq') })),
    kept(startRedis({ dir: join(dir, 'redis') })),
    kept(startMariadb({ dir: join(dir, 'mariadb') })),
    kept(startMongodb({ dir: join(dir, 'mongodb') })),
    kept(startSmtpCatcher({ dir: join(dir, 'smtp') })),
  ])
  const project: Project = { ...projectAt(), state: dir, services: join(dir, 'services'), logs: dir }
  const surroundings = {
    project,
    addresses: {
      AMQP_URL: rabbitmq.url,
      REDIS_URL: redis.url,
      MYSQL_URL: mariadb.url,
      MONGODB_URL: mongodb.url,
      SMTP_URL: smtp.url,
    },
    secrets: await loadSecrets(project),
    env: { CONCURRENCY: '1' },
  }
  const start = async (name: ServiceName, folder: Project) => {
    const service = (await planServices({ ...surroundings, project: folder })).find(
      plan => plan.name === name,
    )
    if (!service) throw new Error(`no service is named ${name}`)
    return kept(startServer(service.recipe, { dir: service.dir, port: service.port }))
  }

  const planned = await planServices(surroundings)
  const started = await Promise.all(
    planned.map(async ({ name, recipe, dir, port }) => {
      return [name, await kept(startServer(recipe, { dir, port }))] as const
    }),
  )
  const services = Object.fromEntries(started) as Record<ServiceName, LocalServer>
  let converters = 1
  return {
    gatewayUrl: services.gateway.url,
    mongodbUrl: mongodb.url,
    servers: { rabbitmq, redis, mariadb, mongodb },
    services,
    workDir: join(dir, 'work'),
    async addConverter() {
      converters += 1
      return start('converter', { ...project, services: join(dir, `services-${converters}`) })
    },
    async mails() {
      const names = (await readdir(smtp.mailDir)).filter(name => name.endsWith('.eml')).sort()
      return Promise.all(names.map(name => readFile(join(smtp.mailDir, name), 'utf8')))
    },
  }
}
