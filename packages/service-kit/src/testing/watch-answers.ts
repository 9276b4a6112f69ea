import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { OpenapiDocument } from '../openapi/openapi-document.ts'
import { createAnswerCheck } from './answer-check.ts'

export interface AnswerWatch {
  /** How many answers were compared. */
  readonly checked: number
  /** What deviates, one text each. */
  readonly faults: readonly string[]
  /** Stops watching. @throws {Error} with the faults, if there are any */
  stop(): void
}

/** Compares each answer of a server of this process with the document that describes it.
 *  @param url - where the server listens
 *  @param options.ignore - paths that the document leaves out on purpose */
export function watchAnswers(
  url: string,
  document: OpenapiDocument,
  { ignore = [] }: { ignore?: readonly string[] } = {},
): AnswerWatch {
  const port = Number(new URL(url).port)
  const check = checkFor(document)
  const faults: string[] = []
  let checked = 0
  const onRequest = (message: unknown) => {
    const { request, response, socket } = message as Started
    if ((socket.address() as AddressInfo).port !== port) return
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    if (ignore.includes(path)) return
    const method = request.method ?? ''
    const body = recordBody(response)
    response.once('finish', () => {
      checked++
      const headers = Object.fromEntries(
        Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]),
      )
      const answer = { method, path, status: response.statusCode, headers, body: body() }
      for (const fault of check(answer)) faults.push(`${method} ${request.url} ${answer.status}: ${fault}`)
    })
  }
  subscribe('http.server.request.start', onRequest)
  return {
    get checked() {
      return checked
    },
    faults,
    stop() {
      unsubscribe('http.server.request.start', onRequest)
      if (faults.length > 0)
        throw new Error(`Answers deviate from the document:\n${[...new Set(faults)].join('\n')}`)
    },
  }
}

const checks = new WeakMap<OpenapiDocument, ReturnType<typeof createAnswerCheck>>()

/** One for all servers of a process: compiling the schemas takes longer than starting a server. */
function checkFor(document: OpenapiDocument): ReturnType<typeof createAnswerCheck> {
  const check = checks.get(document) ?? createAnswerCheck(document)
  checks.set(document, check)
  return check
}

interface Started {
  request: IncomingMessage
  response: ServerResponse
  socket: Socket
}

/** Gives the body as text when the answer is out; `undefined` when it is compressed, or no JSON. */
function recordBody(response: ServerResponse): () => string | undefined {
  const pieces: Buffer[] = []
  const isText = () =>
    /json/.test(String(response.getHeader('content-type'))) && !response.hasHeader('content-encoding')
  for (const name of ['write', 'end'] as const) {
    const pass = response[name] as (...args: unknown[]) => unknown
    const record = (...args: unknown[]) => {
      const [piece] = args
      if ((typeof piece === 'string' || piece instanceof Uint8Array) && isText())
        pieces.push(Buffer.from(piece as string))
      return pass.apply(response, args)
    }
    response[name] = record as never
  }
  return () => (isText() ? Buffer.concat(pieces).toString() : undefined)
}
