import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { promisify } from 'node:util'
import { temporaryFolder } from '@jackalope/local-servers/testing'

const run = promisify(execFile)

export interface Certificates {
  /** Certificate of an authority that nobody knows, as PEM. */
  ca: Buffer
  caFile: string
  /** Certificate and key of a server at 127.0.0.1, signed by the authority. */
  certFile: string
  keyFile: string
}

/** An authority of the test's own, and the certificate of a server. */
export async function makeCertificates(t: TestContext): Promise<Certificates> {
  const dir = await temporaryFolder(t)
  const path = (name: string) => join(dir, name)
  const openssl = (...args: string[]) => run('openssl', args, { cwd: dir })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=test authority',
  )
  await openssl('req', ...newKey, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=server')
  await writeFile(path('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n')
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '2']
  await openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.pem', ...signed)
  return {
    ca: await readFile(path('ca.pem')),
    caFile: path('ca.pem'),
    certFile: path('server.pem'),
    keyFile: path('server.key'),
  }
}
