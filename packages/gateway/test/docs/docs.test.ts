import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { docs } from '@jackalope/contracts/api'
import { Validator } from '@seriousme/openapi-schema-validator'
import { publicUrl, startTestGateway } from '../support/test-gateway.ts'

async function setup(t: TestContext) {
  const gateway = await startTestGateway(t)
  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const response = await gateway.request(path, { method, headers })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  return { get }
}

test('the document is valid OpenAPI, names the public address, and is not sent twice', async t => {
  const { get } = await setup(t)
  const { status, headers, text } = await get('/openapi.json')
  assert.equal(status, 200)
  assert.match(headers.get('content-type') ?? '', /^application\/json/)
  const document = JSON.parse(text)
  assert.deepEqual(document.servers, [{ url: publicUrl }])
  const { valid, errors } = await new Validator().validate(document)
  assert.deepEqual({ valid, errors }, { valid: true, errors: undefined })

  // Without a Cache-Control of its own, fetch adds one that asks for the whole answer.
  const revalidation = { 'If-None-Match': headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' }
  const again = await get('/openapi.json', revalidation)
  assert.deepEqual([again.status, again.text.length], [304, 0])
  const head = await get('/openapi.json', {}, 'HEAD')
  assert.deepEqual([head.status, head.headers.get('etag')], [200, headers.get('etag')])
})

test('the page loads only files of its own, and its policy allows nothing else', async t => {
  const { get } = await setup(t)
  const { status, headers, text } = await get('/docs')
  assert.equal(status, 200)
  const policy = headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/)
  assert.doesNotMatch(policy, /unsafe|https?:|\*/)
  assert.doesNotMatch(text, /<script(?![^>]* src=)|<style| on\w+=| style=/)
  const loaded = [...text.matchAll(/(?:src|<link[^>]* href)="([^"]*)"/g)].map(([, path]) => path)
  assert.deepEqual(loaded.toSorted(), docs.docsAssets.map(name => `/docs/${name}`).toSorted())
  for (const path of loaded) {
    const asset = await get(path ?? '')
    assert.equal(asset.status, 200, path)
    assert.ok(asset.text.length > 100, path)
  }
  assert.equal((await get('/docs/swagger-ui.js')).status, 404)
})

test('what is compressed has another tag than what is not', async t => {
  const { get } = await setup(t)
  const plain = await get('/docs/swagger-ui.css', { 'Accept-Encoding': 'identity' })
  const compressed = await get('/docs/swagger-ui.css', { 'Accept-Encoding': 'gzip' })
  assert.equal(plain.headers.get('content-encoding'), null)
  assert.equal(compressed.headers.get('content-encoding'), 'gzip')
  assert.equal(compressed.text, plain.text)
  assert.notEqual(compressed.headers.get('etag'), plain.headers.get('etag'))
})

test('the page of the problems has each code that the document has', async t => {
  const { get } = await setup(t)
  const document = (await get('/openapi.json')).text
  const lists = [...document.matchAll(/"enum":\[("[a-z-]+"(?:,"[a-z-]+")*)\]\}\}\}\]/g)]
  const codes = new Set(lists.flatMap(([, list]) => (list ?? '').split(',').map(code => JSON.parse(code))))
  assert.ok(codes.size > 30)
  const { text } = await get('/docs/problems')
  for (const code of codes) assert.match(text, new RegExp(`<dt id="${code}">`))
})
