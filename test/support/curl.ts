import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface CurlAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** Runs curl; gives the answer's status, headers and body. */
export async function curl(...args: string[]): Promise<CurlAnswer> {
  const { stdout } = await run(
    'curl',
    ['--silent', '--show-error', '--include', '--max-time', '90', ...args],
    {
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  // With `Expect: 100-continue` curl prints the interim answers too, of the service and of a proxy.
  const final = stdout.replace(/^(?:HTTP\/1\.1 100 Continue\r\n\r\n)+/, '')
  const [head = '', ...rest] = final.split('\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(
      lines.map(line => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    ),
    body: rest.join('\r\n\r\n'),
  }
}
