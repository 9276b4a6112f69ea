import { type BlobInfo, BlobStoreError, type BlobWriter } from '@jackalope/blob-store'
import { HttpProblem } from '@jackalope/service-kit'
import type { Context } from 'koa'
import { koaBody } from 'koa-body'
import { displayName } from './display-name.ts'
import { FileIntake } from './file-intake.ts'
import { decodeText, readFileName } from './part-headers.ts'

/** The field that the file must be in. */
const fieldName = 'file'

/** Most that may arrive of which nothing is a part's content, in bytes. koa-body sets no limit to headers. */
const maxHeaderBytes = 256 * 1024

export interface ReceiveOptions {
  /** Largest file that is taken, in bytes. */
  maxBytes: number
  /** Begins a blob. */
  create: (file: { fileName: string; contentType: string }) => BlobWriter
}

interface FilePart {
  name: string
  fileName: string
  contentType: string
}

/** Takes the file of a form into the store; other fields are ignored. Resolves when the blob is visible; when it
 *  rejects, nothing is left.
 *  @throws {HttpProblem} 413, 422 when there is not exactly one file, 400 when the form is malformed or breaks off
 *  @throws {BlobStoreError} */
export async function receiveFile(ctx: Context, options: ReceiveOptions): Promise<BlobInfo> {
  const intakes: FileIntake[] = []
  let isOver = false
  try {
    await parseForm(ctx, part => {
      const { fileName, contentType } = part
      const create = () => options.create({ fileName: displayName(fileName), contentType })
      const intake = new FileIntake({ maxBytes: options.maxBytes, create })
      intakes.push(intake)
      const refusal = refuse(part, intakes.length)
      if (refusal) intake.destroy(refusal)
      // koa-body goes on with what it has read when it has failed already.
      if (isOver) intake.destroy()
      return intake
    })
    // koa-body may call a form finished before it hears that one of its files was refused.
    for (const { errored } of intakes) if (errored) throw errored
    const [intake] = intakes
    if (!intake) throw fileExpected('The form has no file.')
    return await intake.keep()
  } catch (error) {
    isOver = true
    const discarded = Promise.all(intakes.map(intake => intake.discard()))
    // A store that is away would hold the answer back.
    if (!(error instanceof BlobStoreError)) await discarded
    throw error
  }
}

function refuse({ name, fileName }: FilePart, fileCount: number): HttpProblem | undefined {
  if (fileCount > 1)
    return new HttpProblem(422, {
      code: 'several-files',
      detail: 'The form has more than one file. Send each in an upload of its own.',
    })
  if (name !== fieldName) return fileExpected(`The file is in the field ${JSON.stringify(name)}.`)
  // A browser sends this when no file was chosen.
  if (fileName === '') return fileExpected('No file was chosen.')
  return undefined
}

function fileExpected(fault: string): HttpProblem {
  return new HttpProblem(422, {
    code: 'file-expected',
    detail: `${fault} Send one file in the field "${fieldName}", as "curl -F ${fieldName}=@video.mp4" does.`,
  })
}

/** koa-body, kept to what it does well: cutting the stream into parts.
 *  @param open - gives the stream that takes the file's content. */
async function parseForm(ctx: Context, open: (part: FilePart) => FileIntake): Promise<void> {
  let current: FilePart
  let headerBytes = 0
  const parse = koaBody({
    json: false,
    urlencoded: false,
    text: false,
    multipart: true,
    patchKoa: false,
    onError(error) {
      throw toProblem(error)
    },
    formidable: {
      // Keeps the bytes of headers as they are: decoded piece by piece, a letter on a seam would be lost.
      encoding: 'binary',
      // The intake has limits of its own, with better words.
      allowEmptyFiles: true,
      minFileSize: 0,
      maxFileSize: Number.POSITIVE_INFINITY,
      maxTotalFileSize: Number.POSITIVE_INFINITY,
      maxFields: 50,
      maxFieldsSize: 64 * 1024,
      onPart(part, handle) {
        const disposition = (part as { headers?: Record<string, string> }).headers?.['content-disposition']
        const fileName = readFileName(disposition ?? '')
        // What makes a part a file is its file name; koa-body goes by the content type, which may be missing.
        part.mimetype = fileName === undefined ? null : part.mimetype || 'application/octet-stream'
        const restart = () => {
          headerBytes = 0
        }
        part.on('data', restart).on('end', restart)
        current = {
          name: decodeText(part.name ?? ''),
          fileName: fileName ?? '',
          contentType: part.mimetype ?? '',
        }
        handle(part)
      },
      fileWriteStreamHandler: () => open(current),
    },
  })
  const count = (piece: Buffer) => {
    headerBytes += piece.length
    if (headerBytes > maxHeaderBytes) ctx.req.destroy(malformed())
  }
  const parsed = parse(ctx, async () => {})
  ctx.req.on('data', count)
  try {
    await parsed
  } finally {
    // What arrives after a refusal is nobody's content.
    ctx.req.off('data', count)
  }
}

function toProblem(error: Error & { httpCode?: number }): Error {
  // Ours, or the store's, come back as they are.
  if (error.constructor.name !== 'FormidableError') return error
  if (error.httpCode === 413)
    return new HttpProblem(413, {
      code: 'form-too-large',
      detail: 'The form has too many fields, or too large ones, beside the file.',
      cause: error,
    })
  return malformed(error)
}

function malformed(cause?: Error): HttpProblem {
  return new HttpProblem(400, {
    code: 'form-malformed',
    detail: 'The form is malformed or breaks off (multipart/form-data, RFC 7578).',
    cause,
  })
}
