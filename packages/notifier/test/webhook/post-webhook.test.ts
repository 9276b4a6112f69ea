import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { explained } from '@jackalope/contracts'
import { findFreePort } from '@jackalope/local-servers'
import { listen } from '@jackalope/local-servers/testing'
import { networksOf } from '@jackalope/service-kit'
import { type PostOptions, postWebhook } from '../../src/webhook/post-webhook.ts'

const signal = new AbortController().signal
const body = '{"type":"job.completed"}'
const allowed = networksOf(['127.0.0.1'])

function post(url: string, options: Partial<PostOptions> = {}) {
  const headers = { 'Content-Type': 'application/json', 'webhook-id': 'msg_1' }
  return postWebhook({ url, headers, body }, { allowed, signal, ...options })
}

/** A receiver that keeps its requests. */
async function startReceiver(t: TestContext, answer: RequestListener) {
  const requests: { method?: string; url?: string; id?: unknown; body: string }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, url, headers } = request
    requests.push({ method, url, id: headers['webhook-id'], body: Buffer.concat(chunks).toString() })
    answer(request, response)
  })
  return { url: await listen(t, server), requests }
}

const status = (code: number, headers: Record<string, string> = {}, text = ''): RequestListener => {
  return (_request, response) => response.writeHead(code, headers).end(text)
}

describe('postWebhook', () => {
  it('takes 200 to 299 for delivered, and everything else for failed', async t => {
    const codes = [200, 202, 204, 299, 300, 303, 304, 400, 404, 410, 429, 500, 503]
    const receiver = await startReceiver(t, (request, response) =>
      response.writeHead(Number(request.url?.slice(1)), { Location: 'https://10.0.0.1/' }).end('said'),
    )
    for (const code of codes) {
      const outcome = await post(`${receiver.url}/${code}`)
      assert.equal(outcome.status, code)
      assert.equal(outcome.failure?.text, code < 300 ? undefined : `It answered ${code}.`)
    }
    assert.deepEqual(receiver.requests[0], { method: 'POST', url: '/200', id: 'msg_1', body })
  })

  it('reads how long a receiver wants to be left alone, with 429 and 503', async t => {
    const receiver = await startReceiver(t, (request, response) => {
      const [, code, after = ''] = request.url?.split('/') ?? []
      response.writeHead(Number(code), { 'Retry-After': decodeURIComponent(after) }).end()
    })
    const waitAfter = async (code: number, after: string) =>
      (await post(`${receiver.url}/${code}/${encodeURIComponent(after)}`)).retryAfterMs
    assert.equal(await waitAfter(429, '120'), 120_000)
    assert.equal(await waitAfter(503, ' 7 '), 7_000)
    const inAMinute = (await waitAfter(429, new Date(Date.now() + 60_000).toUTCString())) ?? 0
    assert.ok(inAMinute > 50_000 && inAMinute <= 60_000, String(inAMinute))
    for (const after of ['0', '-5', 'soon', 'Wed, 21 Oct 2015 07:28:00 GMT'])
      assert.equal(await waitAfter(429, after), undefined, after)
    assert.equal(await waitAfter(500, '120'), undefined)
  })

  it('goes to no private, loopback or link-local address, however it is written', async t => {
    const receiver = await startReceiver(t, status(200))
    const { port } = new URL(receiver.url)
    for (const host of [
      ...[
        '127.0.0.1',
        '2130706433',
        '0x7f000001',
        '0177.0.0.1',
        '127.1',
        'localhost',
        '[::1]',
        '0.0.0.0',
        '[::]',
      ],
      ...[
        '[::ffff:127.0.0.1]',
        '10.0.0.1',
        '169.254.169.254',
        '192.168.0.1',
        '[fe80::1]',
        '[fd00::1]',
        '100.64.0.1',
      ],
    ])
      for (const protocol of ['https', 'http']) {
        const outcome = await post(`${protocol}://${host}:${port}/`, { allowed: undefined })
        assert.match(outcome.failure?.text ?? '', /^It leads to a private, loopback/, `${protocol}://${host}`)
      }
    assert.equal(receiver.requests.length, 0)
  })

  it('connects to the address that was checked, whatever the name leads to afterwards', async t => {
    const dns = await import('node:dns')
    const receiver = await startReceiver(t, status(200))
    const answers = [[{ address: '127.0.0.1', family: 4 }], [{ address: '10.1.2.3', family: 4 }]]
    let lookups = 0
    t.mock.method(dns.default, 'lookup', ((
      _name: string,
      _options: object,
      done: (...all: unknown[]) => void,
    ) => done(null, answers[lookups++])) as never)
    const { syncBuiltinESMExports } = await import('node:module')
    syncBuiltinESMExports()
    t.after(() => {
      t.mock.restoreAll()
      syncBuiltinESMExports()
    })
    const url = `http://rebinding.example:${new URL(receiver.url).port}/`
    assert.equal((await post(url)).status, 200)
    assert.equal(lookups, 1)
    assert.match((await post(url)).failure?.text ?? '', /^It leads to a private/)
    assert.equal(receiver.requests.length, 1)
  })

  it('refuses a name with one forbidden address among others', async t => {
    const dns = await import('node:dns')
    const { syncBuiltinESMExports } = await import('node:module')
    t.mock.method(dns.default, 'lookup', ((
      _name: string,
      _options: object,
      done: (...all: unknown[]) => void,
    ) =>
      done(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ])) as never)
    syncBuiltinESMExports()
    t.after(() => {
      t.mock.restoreAll()
      syncBuiltinESMExports()
    })
    assert.match((await post('http://mixed.example:1/')).failure?.text ?? '', /^It leads to a private/)
  })

  it('follows redirects with the same request, three at most, and checks each', async t => {
    const target = await startReceiver(t, status(200))
    const redirecting = await startReceiver(t, (request, response) => {
      const [, code, rest = ''] = /^\/(\d+)\/(.*)$/.exec(request.url ?? '') ?? []
      response
        .writeHead(Number(code), { Location: rest === 'target' ? target.url : decodeURIComponent(rest) })
        .end()
    })
    for (const code of [301, 302, 307, 308]) {
      assert.deepEqual(await post(`${redirecting.url}/${code}/target`), { status: 200, response: undefined })
      assert.deepEqual(target.requests.pop(), { method: 'POST', url: '/', id: 'msg_1', body })
    }
    const inside = encodeURIComponent('http://10.0.0.1/')
    assert.match(
      (await post(`${redirecting.url}/307/${inside}`)).failure?.text ?? '',
      /^It leads to a private/,
    )
    const other = encodeURIComponent('file:///etc/passwd')
    assert.match((await post(`${redirecting.url}/307/${other}`)).failure?.text ?? '', /no address of HTTPS/)
    const before = redirecting.requests.length
    const loop = await startReceiver(t, status(308, { Location: '/again' }))
    assert.match((await post(loop.url)).failure?.text ?? '', /more than 3 times/)
    assert.equal(loop.requests.length, 4)
    assert.equal(redirecting.requests.length, before)
  })

  it('gives up on receivers that are silent, and on those that never end, by its time limit', async t => {
    const silent = createTcpServer(() => {})
    const port = Number(new URL(await listen(t, silent)).port)
    const late = await post(`http://127.0.0.1:${port}/`, { timeoutMs: 300 })
    assert.deepEqual(late, { failure: explained('webhook-timeout', { seconds: 0.3 }) })
    const dripping = createTcpServer(socket => {
      socket.on('error', () => {})
      const timer = setInterval(() => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 20)
      socket.on('close', () => clearInterval(timer))
    })
    const drips = await post(await listen(t, dripping), { timeoutMs: 300 })
    assert.deepEqual(drips, { failure: explained('webhook-timeout', { seconds: 0.3 }) })
  })

  it('reads the beginning of a huge or endless answer, and lets go of it', async t => {
    let closed = () => {}
    const isClosed = new Promise<void>(resolve => {
      closed = resolve
    })
    const { url } = await startReceiver(t, (_request, response) => {
      response.on('close', closed)
      const write = () => {
        while (response.write('x'.repeat(65_536)) && !response.destroyed);
      }
      response.on('drain', write)
      write()
    })
    const { status: code, response } = await post(url)
    assert.equal(code, 200)
    assert.equal(response, 'x'.repeat(1_000))
    await isClosed
  })

  it('keeps what an answer says as text that can be stored', async t => {
    const bytes = Buffer.concat([Buffer.from('a\0b\x1b[31m\u{1f600}'), Buffer.from([0xff, 0xc3])])
    const { url } = await startReceiver(t, (_request, response) => response.end(bytes))
    assert.equal((await post(url)).response, 'ab[31m\u{1f600}\ufffd\ufffd')
  })

  it('says in words what is wrong with a receiver', async t => {
    const refusing = `http://127.0.0.1:${await findFreePort()}/`
    assert.deepEqual(await post(refusing), { failure: explained('webhook-connection-refused', {}) })
    const unknown = await post('https://no-such-name.invalid/')
    assert.match(unknown.failure?.text ?? '', /^Its name/)
    const breaking = createTcpServer(socket => socket.destroy())
    assert.match((await post(await listen(t, breaking))).failure?.text ?? '', /broke off/)
    const babbling = createTcpServer(socket => socket.end('220 mail.example.com ESMTP\r\n'))
    assert.match((await post(await listen(t, babbling))).failure?.text ?? '', /no HTTP/)
    const shouting = await startReceiver(t, status(200, { 'X-Long': 'x'.repeat(20_000) }))
    assert.match((await post(shouting.url)).failure?.text ?? '', /too many headers/)
    const plain = await startReceiver(t, status(200))
    assert.match((await post(plain.url.replace('http', 'https'))).failure?.text ?? '', /TLS/)
    const changing = createTcpServer(socket =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
    )
    assert.match((await post(await listen(t, changing))).failure?.text ?? '', /broke off/)
  })

  it('ends when the job must end', async t => {
    const silent = createTcpServer(() => {})
    const url = await listen(t, silent)
    const abort = new AbortController()
    silent.once('connection', () => abort.abort(new Error('the job is over')))
    await assert.rejects(post(url, { signal: abort.signal }), /the job is over/)
  })
})
