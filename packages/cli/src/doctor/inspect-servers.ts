import {
  type AddressName,
  addressNames,
  findProgram,
  findPython,
  findSecantusdb,
  hasComposeServers,
  isServerRunning,
  probeServer,
  rabbitmqScriptFolders,
  secantusdbVersion,
  serverDir,
} from '@jackalope/local-servers'
import type { CommandContext } from '../command.ts'
import { givenBlobVariables } from '../system/blob-variables.ts'
import { givenMailSetting } from '../system/mail-setting.ts'
import { unneededServers } from '../system/prepare-programs.ts'
import { readSystemRecord } from '../system/system-record.ts'
import type { Finding } from './finding.ts'
import { missingProgram } from './missing-program.ts'
import { rabbitmqVersion, versionOf } from './program-versions.ts'
import { tooOld } from './versions.ts'

interface FoundServer {
  product: string
  path: string
  version: string | undefined
}

interface ServerKind {
  title: string
  protocols: readonly string[]
  /** How to start it here: the Debian package, and the program if it is installed. */
  program?: { debianPackage: string; find(): Promise<FoundServer | undefined> }
}

const kinds: Record<AddressName, ServerKind> = {
  AMQP_URL: {
    title: 'RabbitMQ',
    protocols: ['amqp', 'amqps'],
    program: {
      debianPackage: 'rabbitmq-server',
      find: () =>
        found('RabbitMQ', rabbitmqVersion, findProgram('rabbitmq-server', rabbitmqScriptFolders), 'epmd'),
    },
  },
  REDIS_URL: {
    title: 'Redis',
    protocols: ['redis', 'rediss'],
    program: {
      debianPackage: 'redis-server',
      find: () => found('Redis', versionAfter(/v=/), findProgram('redis-server')),
    },
  },
  MYSQL_URL: {
    title: 'MySQL or MariaDB',
    protocols: ['mysql', 'mariadb'],
    program: {
      debianPackage: 'mariadb-server',
      find: () => found('MariaDB', versionAfter(/Ver /), findProgram('mariadbd'), 'mariadb-install-db'),
    },
  },
  MONGODB_URL: {
    title: 'MongoDB',
    protocols: ['mongodb', 'mongodb+srv'],
    program: {
      debianPackage: 'python3-venv',
      find: async () =>
        (await found('MongoDB', versionAfter(/version v/), findProgram('mongod'))) ??
        (await found('SecantusDB', async () => secantusdbVersion, findSecantusdb()?.file)),
    },
  },
  SMTP_URL: { title: 'Mail server', protocols: ['smtp', 'smtps'] },
}

/** @param companion - another program that its start needs */
async function found(
  product: string,
  versionAt: (path: string) => Promise<string | undefined>,
  path: string | undefined,
  companion?: string,
): Promise<FoundServer | undefined> {
  if (!path || (companion && !findProgram(companion))) return undefined
  return { product, path, version: await versionAt(path) }
}

function versionAfter(before: RegExp) {
  return (path: string) => versionOf(path, '--version', before)
}

/** For each server: the given address or the program that would be started, and whether it is suitable. */
export async function inspectServers(context: CommandContext): Promise<Finding[]> {
  const findings = addressNames.map(async (name): Promise<Finding> => {
    try {
      return await inspectServer(name, context)
    } catch (error) {
      return { kind: 'wrong', text: `${kinds[name].title}: ${(error as Error).message}` }
    }
  })
  return await Promise.all(findings)
}

async function inspectServer(name: AddressName, context: CommandContext): Promise<Finding> {
  const given = context.env[name]
  if (given) return await inspectAddress(name, given, `given by ${name}`)
  if (name === 'SMTP_URL' && givenMailSetting(context.env) === 'off')
    return { kind: 'ok', text: 'Mail: none is sent (MAIL=off)' }
  const running = await runningAddress(name, context)
  if (running) return await inspectAddress(name, running, 'running, of this project')
  if (isUnneeded(name, context)) return { kind: 'ok', text: 'MongoDB: not needed with BLOB_STORE=disk' }
  return await inspectProgram(name)
}

async function inspectAddress(name: AddressName, url: string, source: string): Promise<Finding> {
  const { protocols } = kinds[name]
  const parsed = URL.parse(url)
  if (!parsed?.hostname || !protocols.includes(parsed.protocol.slice(0, -1)))
    return {
      kind: 'wrong',
      text: `${name}: expected an address such as ${protocols[0]}://user:password@host:port`,
    }
  const place = `${parsed.protocol}//${parsed.host}`
  try {
    const { product, version } = await probeServer(name, url)
    const fault = tooOld(product, version)
    const found = `${product} ${version ?? ''}`.trim()
    return fault
      ? { kind: 'wrong', text: `${fault} (${place}, ${source})` }
      : { kind: 'ok', text: `${found} at ${place} (${source})` }
  } catch (error) {
    return { kind: 'wrong', text: `${name}: ${place} (${source}): ${hidePassword(describe(error), parsed)}` }
  }
}

async function inspectProgram(name: AddressName): Promise<Finding> {
  const { title, program } = kinds[name]
  if (!program) return { kind: 'ok', text: 'Mail: caught by this project, and not sent' }
  const server = await program.find()
  if (server) {
    const { product, version, path } = server
    const fault = tooOld(product, version)
    if (fault) return { kind: 'wrong', text: `${fault} (${path}); give another one's address in ${name}` }
    return { kind: 'ok', text: `${product} ${version ?? 'of an unknown version'}: ${path}` }
  }
  if (name === 'MONGODB_URL' && findPython())
    return {
      kind: 'note',
      text: 'MongoDB: none is here, so files are kept on disk; ./jackalope test installs SecantusDB in its place, by Python',
    }
  const missing = missingProgram(title, program.debianPackage)
  if (name !== 'MONGODB_URL' || missing.kind === 'missing') return missing
  return { kind: 'note', text: `${missing.text}; until then files are kept on disk` }
}

async function runningAddress(name: AddressName, { project }: CommandContext): Promise<string | undefined> {
  const record = await readSystemRecord(project).catch(() => undefined) // another finding reports a damaged record
  const isRunning =
    (await isServerRunning(serverDir(project.servers, name))) || (await hasComposeServers(project.servers))
  return isRunning ? record?.addresses[name] : undefined
}

function isUnneeded(name: AddressName, context: CommandContext): boolean {
  try {
    return unneededServers(givenBlobVariables(context)).includes(name)
  } catch {
    return false // another finding reports it
  }
}

function describe(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED') return 'nobody listens there'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no machine of that name'
  if (/timed?.?out|timeout/i.test(`${code} ${message}`)) return 'it does not answer'
  return message || String(code ?? error)
}

function hidePassword(text: string, { password }: URL): string {
  const forms = [password, decodeURIComponent(password)].filter(form => form !== '')
  return forms.reduce((hidden, form) => hidden.replaceAll(form, '***'), text)
}
