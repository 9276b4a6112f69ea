import type { Duplex } from 'node:stream'
import { uploads } from '@jackalope/contracts/api'
import { type HttpProblem, problem } from '@jackalope/service-kit'
import { multipart } from 'formidable'
import { explainMalformed } from './explain-malformed.ts'

/** Longest headers of one part, in bytes. formidable reads them with patterns whose time grows with the square. */
const maxHeaderBytes = 8 * 1024

/** Most bytes that may arrive one after another without content of a part, such as text before the first one. */
const maxSilentBytes = 256 * 1024

/** What we use of a form of formidable, beyond its types. */
interface Form {
  options: object
  _parser?: Duplex
  write(bytes: Buffer): unknown
  _error(error: Error): void
}

interface ParserEvent {
  name: string
  start?: number
  end?: number
}

/** A plugin for formidable that parses forms, and nothing else: its own choice of plugins depends on words anywhere in
 *  the Content-Type, also in the boundary. It limits headers, and explains what is malformed.
 *  @param signal - gives the form up, with its reason */
export function formParser(boundary: string, signal: AbortSignal): (form: unknown) => unknown {
  return form => {
    // formidable passes itself, and expects itself back.
    multipart.call(form, form as never, (form as Form).options as never)
    watch(form as Form, boundary, signal)
    return form
  }
}

function watch(form: Form, boundary: string, signal: AbortSignal): void {
  const { _parser: parser } = form
  if (!parser) return
  let before: Buffer = Buffer.alloc(0)
  let current: Buffer = before
  let hasBegun = false
  let headerBytes = 0
  let silentBytes = 0
  const refuse = (refusal: Error) => {
    form._error(refusal)
    // Bytes that the parser holds already are not looked at.
    parser.destroy()
  }
  signal.addEventListener('abort', () => refuse(signal.reason), { once: true })
  parser.prependListener('data', ({ name, start = 0, end = 0 }: ParserEvent) => {
    if (name === 'partBegin') {
      hasBegun = true
      headerBytes = 0
    }
    if (name === 'partData' || name === 'partEnd') silentBytes = 0
    if (name !== 'headerField' && name !== 'headerValue') return
    headerBytes += end - start
    if (headerBytes > maxHeaderBytes) refuse(headersTooLarge())
  })
  parser.prependListener('error', cause => {
    const bytes = Buffer.concat([before, current]).toString('latin1')
    const isOver = hasBegun && parser.writableEnded
    form._error(malformed(isOver ? breaksOff : explainMalformed(bytes, boundary, hasBegun), cause))
  })
  const write = form.write.bind(form)
  form.write = bytes => {
    // Headers may lie on the seam of two reads. A copy does not hold the whole of the first in memory.
    before = Buffer.from(current.subarray(-1_024))
    current = bytes
    silentBytes += bytes.length
    if (silentBytes > maxSilentBytes + bytes.length)
      return refuse(malformed('It has too much text around its parts.'))
    return write(bytes)
  }
}

function headersTooLarge(): HttpProblem {
  return problem(uploads.partHeadersTooLarge, {
    detail: `The headers of a part of the form may have ${maxHeaderBytes} bytes at most.`,
    extensions: { maxBytes: maxHeaderBytes },
  })
}

export const breaksOff = 'It breaks off before its last boundary.'

/** 400: the body is no form.
 *  @param reason - a sentence */
export function malformed(reason: string, cause?: unknown): HttpProblem {
  return problem(uploads.formMalformed, {
    detail: `The form is malformed (multipart/form-data, RFC 7578). ${reason}`,
    cause,
  })
}
