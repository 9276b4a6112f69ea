import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { it } from 'node:test'
import { setDefaultCACertificates } from 'node:tls'
import { promisify } from 'node:util'
import { listen, temporaryFolder } from '@jackalope/local-servers/testing'
import { networksOf } from '@jackalope/service-kit'
import { postWebhook } from '../../src/webhook/post-webhook.ts'

const run = promisify(execFile)
const signal = new AbortController().signal

it('a webhook goes by HTTPS to who has a valid certificate of its name, and to nobody else', async t => {
  const dir = await temporaryFolder(t)
  const [keyFile, certFile] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  await run('openssl', ['req', '-x509', ...kind, ...names, '-keyout', keyFile, '-out', certFile])
  const cert = await readFile(certFile, 'utf8')
  const received: string[] = []
  const server = createServer({ key: await readFile(keyFile), cert }, (request, response) => {
    received.push(request.headers.host ?? '')
    response.end('thanks')
  })
  const { port } = new URL(await listen(t, server))
  const post = (host: string) =>
    postWebhook(
      { url: `https://${host}:${port}/`, headers: {}, body: '{}' },
      { allowed: networksOf(['loopback']), signal },
    )
  assert.match((await post('localhost')).failure?.text ?? '', /^Its certificate or TLS is not in order/)
  setDefaultCACertificates([cert])
  assert.match((await post('127.0.0.1')).failure?.text ?? '', /^Its certificate or TLS is not in order/)
  assert.equal(received.length, 0)
  assert.deepEqual(await post('localhost'), { status: 200, response: 'thanks' })
})
