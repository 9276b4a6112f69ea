import { jobIdOfVideo } from '@jackalope/contracts'
import { uploads } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import type { RouterContext } from '@koa/router'
import type { UserState } from '../access/require-user.ts'
import { optionsField } from '../jobs/video-options.ts'
import { type AdmitDeps, admitUpload } from './admit-upload.ts'
import { displayName } from './display-name.ts'
import { fileNameOf } from './file-name-of.ts'
import { receiveForm } from './form/receive-form.ts'
import { mediaType } from './media-type.ts'
import { OptionTexts } from './option-texts.ts'
import { receiveBody } from './receive-body.ts'
import { type StartDeps, startConversion } from './start-conversion.ts'

/** Most bytes of a form besides the file: boundaries, headers, small fields. */
const formBytes = 64 * 1024

export type UploadDeps = AdmitDeps & StartDeps

type UploadContext = RouterContext<UserState>
type Query = Readonly<Record<string, string | undefined>>

/** `POST /upload` with a form (`multipart/form-data`) that has the video in the field `file`, or with the video itself:
 *  202 with the job that converts it. The file goes to the store while it arrives, and is removed when the upload is
 *  refused. */
export function upload(deps: UploadDeps) {
  return async (ctx: UploadContext, { query }: { query: Query }): Promise<void> => {
    const { fileName, ...options } = query
    if (ctx.is('multipart/form-data')) await uploadForm(ctx, new OptionTexts(options), deps)
    else await uploadBody(ctx, fileNameOf(ctx, fileName), new OptionTexts(options), deps)
  }
}

/** `PUT /upload/{fileName}` with the video itself as the body. */
export function uploadFile(deps: UploadDeps) {
  return async (
    ctx: UploadContext,
    { params, query }: { params: { fileName: string }; query: Query },
  ): Promise<void> => {
    await uploadBody(ctx, params.fileName, new OptionTexts(query), deps)
  }
}

/** Takes a form with the video in the field `file`, and answers 202.
 *  @throws {HttpProblem} */
export async function uploadForm(ctx: UploadContext, options: OptionTexts, deps: UploadDeps): Promise<void> {
  options.read()
  await admitUpload(ctx, deps, { extraBytes: formBytes }, async ({ maxBytes, signal }) => {
    const video = await receiveForm(ctx, {
      maxBytes,
      signal,
      options,
      create: file => create(ctx, file, options, deps),
    })
    await startConversion(ctx, video, deps)
  })
}

async function uploadBody(
  ctx: UploadContext,
  fileName: string,
  options: OptionTexts,
  deps: UploadDeps,
): Promise<void> {
  options.read()
  // Compressed content would be stored as it comes, and could not be converted.
  const isPlain = /^(identity)?$/i.test(ctx.get('Content-Encoding'))
  if (!isPlain || !ctx.is('video/*', 'audio/*', 'application/octet-stream')) throw mediaExpected()
  const file = { fileName: displayName(fileName), contentType: mediaType(ctx.get('Content-Type')) }
  await admitUpload(ctx, deps, {}, async ({ maxBytes, signal }) => {
    const video = await receiveBody(ctx, { maxBytes, create: () => create(ctx, file, options, deps) }, signal)
    await startConversion(ctx, video, deps)
  })
}

function create(
  ctx: UploadContext,
  file: { fileName: string; contentType: string },
  texts: OptionTexts,
  { videos }: UploadDeps,
) {
  const ownerId = ctx.state.userId
  return videos.create({
    ...file,
    // The store asks when the blob is whole: fields may follow the file.
    metadata: videoId => {
      const options = texts.read()
      return { ownerId, jobId: jobIdOfVideo(videoId), ...(options && { [optionsField]: options }) }
    },
  })
}

function mediaExpected() {
  return problem(uploads.videoExpected, {
    detail:
      'Send the video in a form, as "curl -F file=@video.mp4" does (multipart/form-data), or as the body itself, with its own type (video/*, audio/*, application/octet-stream) and without a Content-Encoding.',
  })
}
