import { isDeepStrictEqual } from 'node:util'
import { startServer, startServerSet } from '@jackalope/local-servers'
import type { CommandContext } from '../command.ts'
import type { MailSetting } from './mail-setting.ts'
import { givenAddresses, unneededServers } from './prepare-programs.ts'
import { loadSecrets } from './secrets.ts'
import type { ServiceName } from './service-names.ts'
import { planServices, type Service } from './services.ts'
import { stopServices } from './stop-system.ts'
import { readSystemRecord, type SystemRecord, writeSystemRecord } from './system-record.ts'

export interface RunningSystem {
  addresses: SystemRecord['addresses']
  /** Base address of each service. */
  urls: Record<ServiceName, string>
  mail: MailSetting
  /** Folder of the caught mails; `undefined` when mail goes to a given SMTP server, or none is sent. */
  mailDir?: string
}

/** Starts the servers and services that do not run; resolves when all are ready. After a failure the caller must stop
 *  what was started.
 *  @throws {LocalServerError} */
export async function startSystem(
  context: CommandContext,
  { startedBy, blobs, mail = 'on' }: Pick<SystemRecord, 'startedBy' | 'blobs' | 'mail'>,
): Promise<RunningSystem> {
  const { project, terminal, env, signal } = context
  const options = { outlivesParent: startedBy === 'up', logDir: project.logs, signal }
  const before = await readSystemRecord(project)
  terminal.line('Starting the servers ...')
  const { addresses, mailDir } = await startServerSet({
    ...options,
    dir: project.servers,
    given: givenAddresses(env),
    without: unneededServers(blobs, mail),
    onReady: ({ title }, tookMs) => terminal.done(`${title} is ready`, tookMs),
  })
  const record: SystemRecord = { startedBy, addresses, blobs, mail }
  const { secrets, generated } = await loadSecrets(project)
  // Running services keep the variables of their start: restart them when these have changed.
  if (before && (generated || !isDeepStrictEqual({ mail: 'on', ...before, startedBy }, record)))
    await stopServices(project)
  await writeSystemRecord(project, record)

  terminal.line('Starting the services ...')
  const services = await planServices({ project, env, addresses, blobs, mail, secrets })
  const start = async ({ name, recipe, dir, port }: Service) => {
    const began = performance.now()
    const { title, url } = await startServer(recipe, { ...options, dir, port })
    terminal.done(`${title} is ready`, performance.now() - began)
    return [name, url] as const
  }
  const started = await Promise.allSettled(services.map(start))
  const failure = started.find(result => result.status === 'rejected')
  if (failure) throw failure.reason
  const urls = started.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
  return { addresses, mail, mailDir, urls: Object.fromEntries(urls) as Record<ServiceName, string> }
}
