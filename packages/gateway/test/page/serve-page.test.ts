import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { pagePaths } from '@jackalope/page/page-paths'
import Koa from 'koa'
import { createPageBuild } from '../../src/page/page-build.ts'
import { servePage } from '../../src/page/serve-page.ts'

const page = '<!doctype html><title>Jackalope</title>'
const script = 'console.log("hop")'

async function setup(t: TestContext, { isBuilt = true } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'page-'))
  t.after(() => rm(folder, { recursive: true }))
  const write = async () => {
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'index.html'), page)
    await writeFile(join(folder, 'secret.html'), 'secret')
    for (const name of ['assets/main-_a-1.js', 'service-worker.js']) {
      await writeFile(join(folder, name), script)
      await writeFile(join(folder, `${name}.br`), brotliCompressSync(script))
      await writeFile(join(folder, `${name}.gz`), gzipSync(script))
    }
  }
  if (isBuilt) await write()
  const app = new Koa().use(servePage(createPageBuild(folder)))
  const server = createServer(app.callback()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  /** The status of a path that `fetch` would resolve before it is sent. */
  const statusOf = async (path: string) => {
    const [response] = await once(request({ port, path }).end(), 'response')
    response.resume()
    return response.statusCode
  }
  return { get, statusOf, write }
}

test('the page is served at each of its addresses, asked for anew each time, and may load nothing from elsewhere', async t => {
  const { get } = await setup(t)
  for (const path of [...pagePaths.map(path => path.replace(':id', '12')), '/?state=failed']) {
    const { status, headers, text } = await get(path, { Accept: 'text/html,*/*;q=0.8' })
    assert.deepEqual([path, status, text], [path, 200, page])
    assert.equal(headers.get('cache-control'), 'no-cache')
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8')
  }
  const { headers } = await get('/')
  const policy = headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/)
  assert.match(policy, /require-trusted-types-for 'script'/)
  assert.doesNotMatch(policy, /unsafe|https?:|\*/)
  const again = await get('/', { 'If-None-Match': headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' })
  assert.deepEqual([again.status, again.text], [304, ''])
})

test('assets are kept for a year, compressed as the browser likes it; other files keep their names', async t => {
  const { get } = await setup(t)
  for (const [accepted, coding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ] as const) {
    const { status, headers, text } = await get('/assets/main-_a-1.js', { 'Accept-Encoding': accepted })
    assert.deepEqual([status, headers.get('content-encoding'), text], [200, coding, script])
    assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable')
    assert.equal(headers.get('vary'), 'Accept-Encoding')
    assert.equal(
      headers.get('etag'),
      `"${(headers.get('etag') ?? '').slice(1, 23)}-${coding === null ? 'identity' : coding}"`,
    )
  }
  const worker = await get('/service-worker.js')
  assert.deepEqual([worker.status, worker.headers.get('cache-control')], [200, 'no-cache'])
  const head = await get('/service-worker.js', {}, 'HEAD')
  assert.deepEqual([head.status, head.text], [200, ''])
})

test('nothing else of the folder is served, and other addresses are for others', async t => {
  const { get, statusOf } = await setup(t)
  const others = [
    '/secret.html',
    '/index.html',
    '/assets/..%2Findex.html',
    '/assets/none.js',
    '/jobs',
    '/admin/users',
    // It is the API's, too: only a browser that goes there gets the page.
    '/admin/queues',
  ]
  for (const path of others) assert.deepEqual([path, (await get(path)).status], [path, 404])
  for (const path of ['/assets/.', '/assets/..', '/assets/../index.html', '/assets/'])
    assert.deepEqual([path, await statusOf(path)], [path, 404])
  assert.equal((await get('/', {}, 'POST')).status, 404)
})

test('a browser that goes to an unknown address gets the page, as not found; programs and the API do not', async t => {
  const { get } = await setup(t)
  const { status, headers, text } = await get('/nowhere', { Accept: 'text/html,*/*;q=0.8' })
  assert.deepEqual([status, text], [404, page])
  assert.equal(headers.get('cache-control'), 'no-store')
  for (const [path, headers, method] of [
    ['/nowhere', { Accept: 'application/json' }, 'GET'],
    ['/nowhere', { Accept: 'text/html' }, 'POST'],
    ['/nowhere', {}, 'GET'],
  ] as const) {
    const other = await get(path, headers, method)
    assert.deepEqual([other.status, other.text], [404, 'Not Found'])
  }
})

test('a page that was not built says what to do, and is there as soon as it is built', async t => {
  const { get, write } = await setup(t, { isBuilt: false })
  const { status, text } = await get('/')
  assert.equal(status, 503)
  assert.match(text, /pnpm --filter @jackalope\/page build/)
  await write()
  assert.equal((await get('/')).status, 200)
})
