import { Readable } from 'node:stream'
import type { BlobInfo } from '@jackalope/blob-store'
import type { archives as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, HttpProblem } from '@jackalope/service-kit'
import type { UserState } from '../../access/require-user.ts'
import type { AppDeps } from '../../app-deps.ts'
import { type AudioDeps, findJobAudio } from '../../jobs/find-job-audio.ts'
import { bytesOfDownload } from '../download-limits.ts'
import { openBlob } from '../send-blob.ts'
import { archiveOf } from './archive-stream.ts'

type ZipDeps = AudioDeps & Pick<AppDeps, 'downloadLimits' | 'listTurns'>

/** Jobs that are looked up at a time. */
const atATime = 10

/** `GET /downloads/zip?job=&job=`: the audio of some of the user's own jobs as one archive. */
export function downloadZip(deps: ZipDeps): EndpointHandler<typeof endpoints.downloadZip, UserState> {
  const { audios, downloadLimits, listTurns } = deps
  return async (ctx, { query }) => {
    const { userId } = ctx.state
    const jobIds = [...new Set(query.job)]
    const blobs = await listTurns.run(userId, () => findAudios(jobIds, userId, deps))
    const isHead = ctx.method === 'HEAD'
    if (!isHead) downloadLimits.enter(ctx.res, userId, bytesOfDownload)
    const open = (blob: BlobInfo) => openBlob(audios, blob, undefined)
    // Opened before the status is sent: later errors can only cut the connection.
    const first = isHead ? undefined : await open(blobs[0] as BlobInfo)
    // Nothing is read for HEAD: the length is known without.
    const openNext = async (blob: BlobInfo) =>
      isHead ? new Readable({ read() {} }) : first && blob === blobs[0] ? first : await open(blob)
    const { stream, sizeBytes } = await archiveOf(blobs, openNext)
    ctx.attachment('audio.zip')
    ctx.set('Cache-Control', 'private, no-store')
    if (isHead || ctx.res.destroyed) stream.destroy()
    if (!isHead) ctx.body = stream
    ctx.status = 200
    ctx.set('Content-Type', 'application/zip')
    ctx.length = sizeBytes
  }
}

/** @throws {HttpProblem} of the first job whose audio is not there; its member `job` names it */
async function findAudios(jobIds: readonly string[], userId: string, deps: AudioDeps): Promise<BlobInfo[]> {
  const found: BlobInfo[] = []
  for (let at = 0; at < jobIds.length; at += atATime) {
    const some = jobIds.slice(at, at + atATime)
    found.push(...(await Promise.all(some.map(jobId => findOne(jobId, userId, deps)))))
  }
  return found
}

async function findOne(job: string, userId: string, deps: AudioDeps): Promise<BlobInfo> {
  try {
    return await findJobAudio(job, userId, deps)
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error
    const { status, title, detail, code, headers, extensions, cause } = error
    throw new HttpProblem(status, { title, detail, code, headers, cause, extensions: { ...extensions, job } })
  }
}
