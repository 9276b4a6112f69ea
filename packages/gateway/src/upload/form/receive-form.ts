import type { EventEmitter } from 'node:events'
import type { BlobInfo, BlobWriter } from '@jackalope/blob-store'
import { uploads } from '@jackalope/contracts/api'
import { bodyHash, type HttpProblem, problem } from '@jackalope/service-kit'
import type { Context } from 'koa'
import { koaBody } from 'koa-body'
import { displayName } from '../display-name.ts'
import { FileIntake } from '../file-intake.ts'
import { mediaType } from '../media-type.ts'
import type { OptionTexts } from '../option-texts.ts'
import { formBoundary } from './form-boundary.ts'
import { breaksOff, formParser, malformed } from './form-parser.ts'
import { decodeText, readFileName } from './part-headers.ts'

/** Name of the form field with the file. */
const fieldName = 'file'

export interface ReceiveOptions {
  /** Largest file that is accepted, in bytes. */
  maxBytes: number
  /** Gives the upload up, with its reason. */
  signal: AbortSignal
  /** Gets all other fields, which are options of the conversion. */
  options: OptionTexts
  /** Starts a blob. */
  create: (file: { fileName: string; contentType: string }) => BlobWriter
}

interface FilePart {
  name: string
  /** Empty when a browser sends the part without a file; `undefined` when the part does not say that it is one. */
  fileName: string | undefined
  contentType: string
}

/** Stores the file of a form. Resolves when the blob is visible. When it rejects, everything
 *  stored has been removed.
 *  @throws {HttpProblem} 413, 422 when there is not exactly one file or an option is wrong, 400 when the form is malformed or breaks off
 *  @throws {BlobStoreError} */
export async function receiveForm(ctx: Context, options: ReceiveOptions): Promise<BlobInfo> {
  const intakes: FileIntake[] = []
  let isOver = false
  try {
    const openFile = (part: FilePart) => {
      const { fileName, contentType } = part
      const create = () => options.create({ fileName: displayName(fileName ?? ''), contentType })
      const intake = new FileIntake({ maxBytes: options.maxBytes, create, hash: bodyHash(ctx) })
      intakes.push(intake)
      const refusal = refuse(part, intakes.length)
      if (refusal) intake.destroy(refusal)
      // After a failure koa-body still processes what it has read.
      if (isOver) intake.destroy()
      return intake
    }
    const addField = (name: string, text: string) => options.options.add(name, text)
    await parseForm(ctx, options.signal, { openFile, addField })
    // koa-body may report a form as finished before it learns that a file was refused.
    for (const { errored } of intakes) if (errored) throw errored
    const [intake] = intakes
    if (!intake) throw fileExpected('The form has no file.')
    // Checks them together, before the blob becomes visible.
    options.options.read()
    bodyHash(ctx)?.update(options.options.fingerprint())
    return await intake.keep()
  } catch (error) {
    isOver = true
    await Promise.all(intakes.map(intake => intake.discard(error)))
    throw error
  }
}

function refuse({ name, fileName }: FilePart, fileCount: number): HttpProblem | undefined {
  if (fileCount > 1)
    return problem(uploads.severalFiles, {
      detail: 'The form has more than one file. Send each in an upload of its own.',
    })
  if (name !== fieldName) return fileExpected(`The file is in the field ${JSON.stringify(name)}.`)
  if (fileName === undefined) return fileExpected(`The field "${fieldName}" has no file name.`)
  // A browser sends this when no file was chosen.
  if (fileName === '') return fileExpected('No file was chosen.')
  return undefined
}

function fileExpected(fault: string): HttpProblem {
  return problem(uploads.fileExpected, {
    detail: `${fault} Send one file in the field "${fieldName}", as "curl -F ${fieldName}=@video.mp4" does.`,
  })
}

/** What becomes of the parts of a form. */
interface PartHandlers {
  /** Gives the stream for the file's content. */
  openFile(part: FilePart): FileIntake
  /** @throws {HttpProblem} if the field is refused: then the rest is not read */
  addField(name: string, text: string): void
}

/** koa-body, used only to split the stream into parts. */
async function parseForm(
  ctx: Context,
  signal: AbortSignal,
  { openFile, addField }: PartHandlers,
): Promise<void> {
  let current: FilePart
  const refused = new AbortController()
  const ended = AbortSignal.any([signal, refused.signal])
  const parser = formParser(formBoundary(ctx.get('Content-Type')), ended)
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
      // Keeps the bytes of headers: decoding single chunks would damage a character that two chunks share.
      encoding: 'binary',
      // The intake has its own limits, with clearer messages.
      allowEmptyFiles: true,
      minFileSize: 0,
      maxFileSize: Number.POSITIVE_INFINITY,
      maxTotalFileSize: Number.POSITIVE_INFINITY,
      maxFields: 50,
      maxFieldsSize: 64 * 1024,
      enabledPlugins: [parser] as never,
      onPart(part, handle) {
        const disposition = (part as { headers?: Record<string, string> }).headers?.['content-disposition']
        const name = decodeText(part.name ?? '')
        const fileName = readFileName(disposition ?? '')
        const isFile = fileName !== undefined || name === fieldName
        const contentType = mediaType(part.mimetype ?? undefined)
        // koa-body takes a part with a content type for a file, even if it has no file name.
        part.mimetype = isFile ? contentType : null
        current = { name, fileName, contentType }
        if (!isFile)
          collectText(part, text => {
            try {
              addField(name, text)
            } catch (error) {
              refused.abort(error)
            }
          })
        handle(part)
      },
      fileWriteStreamHandler: () => openFile(current),
    },
  })
  await parse(ctx, async () => {})
}

/** Reads a field, whose size formidable limits. */
function collectText(part: Pick<EventEmitter, 'on'>, onText: (text: string) => void): void {
  const pieces: Buffer[] = []
  part.on('data', (piece: Buffer) => pieces.push(piece))
  part.on('end', () => onText(decodeText(Buffer.concat(pieces).toString('latin1'))))
}

function toProblem(error: Error & { httpCode?: number }): Error {
  // Errors of this service and of the store are passed on unchanged.
  if (error.constructor.name !== 'FormidableError') return error
  if (error.httpCode === 413)
    return problem(uploads.formTooLarge, {
      detail: 'The form has too many fields, or too large ones, beside the file.',
      cause: error,
    })
  if (error.httpCode === 501)
    return malformed('A part has an unknown Content-Transfer-Encoding: leave that header out.', error)
  return malformed(breaksOff, error)
}
