import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import {
  bodyLate,
  bodyTooLarge,
  headersTooLarge,
  methodUnknown,
  requestMalformed,
} from '../../endpoint/common-problems.ts'
import type { ProblemKind } from '../../endpoint/problem-kind.ts'
import { hasBegunAnswer, lingerMs } from './linger.ts'
import { bytesOf, rawProblem } from './raw-problem.ts'

/** Largest request line and headers of a request, in bytes. */
export const maxHeaderBytes = 16 * 1024

type ParserError = NodeJS.ErrnoException & { reason?: string }

/** Answers requests that Node's parser refuses, with problem details that say why. They never reach the application. */
export function answerMalformed(server: Server, logger: Logger): void {
  const answered = new WeakSet<Duplex>()
  server.on('clientError', (error: ParserError, socket) => {
    // The parser repeats its error for all that arrives later.
    if (answered.has(socket)) return
    answered.add(socket)
    // A broken connection, or one that is in the middle of an answer.
    if (!socket.writable || error.code === 'ECONNRESET' || hasBegunAnswer(socket)) {
      socket.destroy()
      return
    }
    const { kind, detail } = explain(error)
    logger.info({ status: kind.status, problem: kind.code, reason: error.code }, 'request refused')
    socket.end(bytesOf(rawProblem(kind, { detail })))
    // A client that still sends would lose the answer if the connection were closed at once.
    const timer = setTimeout(() => socket.destroy(), lingerMs)
    socket.once('close', () => clearTimeout(timer))
  })
  server.on('connect', (_request, socket: Duplex) => {
    const detail = 'The service is no proxy: it takes no CONNECT.'
    socket.on('error', () => {})
    socket.end(bytesOf(rawProblem(methodUnknown, { detail })))
  })
}

function explain(error: ParserError): { kind: ProblemKind; detail: string } {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return {
        kind: headersTooLarge,
        detail: `The request line and the headers may have ${maxHeaderBytes} bytes in all.`,
      }
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { kind: bodyTooLarge, detail: 'The extensions of the chunks are too large.' }
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { kind: bodyLate, detail: 'The request did not arrive in time.' }
    default: {
      const reason = error.reason ?? 'it cannot be parsed'
      return { kind: requestMalformed, detail: `The request is no valid HTTP/1.1: ${reason}.` }
    }
  }
}
