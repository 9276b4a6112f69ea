import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { z } from 'zod'
import { defineEndpoint, defineProblem } from '../../src/endpoint/index.ts'
import { openapiDocument } from '../../src/openapi/index.ts'

const songUnknown = defineProblem({ code: 'song-unknown', status: 404, meaning: 'There is no such song.' })
const song = z.object({ id: z.string(), title: z.string() }).meta({ id: 'Song' })

const getSong = defineEndpoint({
  id: 'getSong',
  method: 'GET',
  path: '/songs/{id}',
  tag: 'Songs',
  summary: 'One song',
  access: { scope: 'songs:read' },
  params: z.object({
    id: z
      .string()
      .regex(/^s-\d+$/)
      .describe('Id of the song.'),
  }),
  query: z.object({ wait: z.string().optional() }),
  answers: {
    200: { description: 'The song', body: song, headers: { ETag: 'Tag', 'Link?': 'The next song' } },
  },
  problems: [songUnknown],
})
const addSong = defineEndpoint({
  id: 'addSong',
  method: 'POST',
  path: '/songs',
  tag: 'Songs',
  summary: 'Adds a song',
  access: 'password',
  body: z.object({ title: z.string() }),
  answers: { 201: { description: 'The song', body: song, headers: { Location: 'Its address' } } },
  takesIdempotencyKey: true,
})
const singSong = defineEndpoint({
  id: 'singSong',
  method: 'POST',
  path: '/songs/{id}/singing',
  tag: 'Songs',
  summary: 'Sings',
  access: 'public',
  params: z.object({ id: z.string() }),
  rawBody: { 'multipart/form-data': z.object({ file: z.file() }), 'audio/*': undefined },
  answers: {
    200: { description: 'The sound', contentTypes: ['audio/mpeg'] },
    204: { description: 'Silence' },
  },
})

const info = {
  title: 'Songs',
  version: '1.2.3',
  serverUrl: 'https://songs.example.com',
  tags: { Songs: 'Songs.' },
}
const document = openapiDocument([getSong, addSong, singSong], info)

/** The part of the document at that path of keys, which has no references on the way. */
function part<T = Record<string, unknown>>(...keys: string[]): T {
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document) as T
}

test('the document is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document) as never)
  assert.deepEqual({ valid, errors }, { valid: true, errors: undefined })
})

test('a shared schema is a component; an answer may get members later, a request may not have others', () => {
  assert.deepEqual(part('components', 'schemas', 'Song').required, ['id', 'title'])
  assert.equal(part('components', 'schemas', 'Song').additionalProperties, undefined)
  assert.deepEqual(
    part('paths', '/songs/{id}', 'get', 'responses', '200', 'content', 'application/json', 'schema'),
    {
      $ref: '#/components/schemas/Song',
    },
  )
  const body = part('paths', '/songs', 'post', 'requestBody', 'content', 'application/json', 'schema')
  assert.equal(body.additionalProperties, false)
})

test('each operation says how to prove who one is', () => {
  assert.deepEqual(part('paths', '/songs/{id}', 'get').security, [{ token: ['songs:read'] }, { session: [] }])
  assert.deepEqual(part('paths', '/songs', 'post').security, [{ password: [] }])
  assert.deepEqual(part('paths', '/songs/{id}/singing', 'post').security, [])
  assert.deepEqual(Object.keys(part('components', 'securitySchemes')), ['token', 'session', 'password'])
})

test('problems are listed by status with their codes, and shared by operations that have the same', () => {
  type Parts = [unknown, { properties: { code: { enum: string[] } } }]
  const responses = ['paths', '/songs/{id}', 'get', 'responses']
  const [, own] = part<Parts>(...responses, '404', 'content', 'application/problem+json', 'schema', 'allOf')
  assert.deepEqual(own.properties.code.enum, ['not-found', 'song-unknown'])
  assert.deepEqual(part(...responses, '503'), {
    $ref: '#/components/responses/DeadlineExceededOrTooManyConnectionsOrUnavailable',
  })
  assert.equal(
    part(
      'components',
      'responses',
      'DeadlineExceededOrTooManyConnectionsOrUnavailable',
      'headers',
      'Retry-After',
    ).required,
    true,
  )
})

test('headers and bodies of requests are described', () => {
  const parameters = part<{ in: string; name: string }[]>('paths', '/songs', 'post', 'parameters')
  assert.deepEqual(
    parameters.map(each => [each.in, each.name]),
    [['header', 'Idempotency-Key']],
  )
  const content = part('paths', '/songs/{id}/singing', 'post', 'requestBody', 'content')
  assert.deepEqual(Object.keys(content), ['multipart/form-data', 'audio/*'])
})

test('a header of an answer is always there, unless its name ends with a question mark', () => {
  const headers = ['paths', '/songs/{id}', 'get', 'responses', '200', 'headers']
  assert.equal(part(...headers, 'ETag').required, true)
  assert.equal(part(...headers, 'Link').required, false)
})

test('two endpoints may not have the same place, nor the same id', () => {
  assert.throws(
    () => openapiDocument([getSong, { ...getSong, id: 'other' }], info),
    /GET \/songs\/\{id\}\) is defined twice/,
  )
  assert.throws(
    () => openapiDocument([getSong, { ...getSong, path: '/other' }], info),
    /getSong .* is defined twice/,
  )
})
