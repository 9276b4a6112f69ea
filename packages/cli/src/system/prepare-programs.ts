import { join } from 'node:path'
import {
  type Addresses,
  type AddressName,
  addressNames,
  describePackage,
  type EnsureOptions,
  ensurePrograms,
  missingAddresses,
  type Need,
} from '@jackalope/local-servers'
import type { CommandContext } from '../command.ts'
import {
  type BlobVariables,
  diskVariables,
  givenBlobVariables,
  placeWithoutMongodb,
} from './blob-variables.ts'
import type { MailSetting } from './mail-setting.ts'

/** Addresses of servers that the user gave. */
export function givenAddresses(env: CommandContext['env']): Partial<Addresses> {
  return Object.fromEntries(addressNames.flatMap(name => (env[name] ? [[name, env[name]]] : [])))
}

export interface PrepareOptions {
  /** Whether to install without asking. */
  yes: boolean
  needs: readonly Need[]
  /** Called with the reason when only MongoDB cannot be installed. @default the reason is thrown */
  onMissingMongodb?: EnsureOptions['onMissingMongodb']
}

/** Finds or installs the needed programs.
 *  @throws {LocalServerError} that says what to install */
export async function preparePrograms(
  { project, terminal, signal }: CommandContext,
  { yes, needs, onMissingMongodb }: PrepareOptions,
): Promise<void> {
  await ensurePrograms(needs, {
    logFile: join(project.logs, 'setup.log'),
    confirm: async packages => {
      const list = packages.map(describePackage).join(', ')
      return yes || (await terminal.confirm(`Install these Debian packages: ${list}?`, signal))
    },
    onStep: text => terminal.line(`${text} ...`),
    onMissingMongodb,
    signal,
  })
  signal.throwIfAborted()
}

export interface PrepareSystemOptions extends Pick<PrepareOptions, 'yes'> {
  /** The purpose: the system of this project, whose files may be on disk already, or a run of the tests. */
  purpose: 'system' | 'test'
  /** Whether a browser is needed. @default false */
  browser?: boolean
}

/** Finds or installs ffmpeg, a browser if one is needed, and the servers that are not given; gives the variables of the store of videos and audio. It
 *  is the disk store if the user chose that, or if there is no MongoDB. The tests take what stands in for MongoDB, if it can
 *  be installed.
 *  @throws {LocalServerError} that says what to install
 *  @throws {UsageError} when `BLOB_STORE` names no store */
export async function prepareSystem(
  context: CommandContext,
  { yes, purpose, browser = false }: PrepareSystemOptions,
): Promise<BlobVariables> {
  const { project, terminal, env } = context
  let blobs = givenBlobVariables(context)
  if (!blobs && purpose === 'system' && !env.MONGODB_URL) {
    const place = await placeWithoutMongodb(context)
    if (place) blobs = diskVariables(context)
    if (place === 'as before')
      terminal.line(
        `Files stay where they were, in ${project.blobs}; BLOB_STORE=gridfs puts them into MongoDB.`,
      )
    if (place === 'new')
      terminal.line(
        'There is no MongoDB, so files are kept on disk: BLOB_STORE=gridfs puts them into SecantusDB, to try that.',
      )
  }
  const needs: Need[] = missingAddresses(givenAddresses(env), unneededServers(blobs))
  if (!env.FFMPEG_PATH || !env.FFPROBE_PATH) needs.push('ffmpeg')
  if (browser && !env.CHROMIUM_PATH) needs.push('chromium')
  // Tests put a proxy before the gateway, and an outbox into PostgreSQL.
  if (purpose === 'test') needs.push('nginx', 'postgresql')
  let fallback: BlobVariables | undefined
  const keepOnDisk = ({ message }: Error) => {
    fallback = diskVariables(context)
    terminal.line(`There is no MongoDB, so files are kept on disk: ${message}`)
  }
  // If the user asked for MongoDB, a missing MongoDB is an error.
  await preparePrograms(context, { yes, needs, onMissingMongodb: blobs ? undefined : keepOnDisk })
  return fallback ?? blobs ?? { BLOB_STORE: 'gridfs' }
}

/** Servers that are not needed with that store, and where no mail is sent. */
export function unneededServers(blobs: BlobVariables | undefined, mail: MailSetting = 'on'): AddressName[] {
  const names: AddressName[] = blobs?.BLOB_STORE === 'disk' ? ['MONGODB_URL'] : []
  return mail === 'off' ? [...names, 'SMTP_URL'] : names
}
