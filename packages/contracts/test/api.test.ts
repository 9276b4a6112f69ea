import assert from 'node:assert/strict'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Endpoint } from '@jackalope/service-kit/endpoint'
import { endpointsOf } from '../src/api/defined-endpoints.ts'
import { definedEndpoints, passedToAuth, publicEndpoints } from '../src/api/index.ts'

const idsOf = (endpoints: readonly Endpoint[]) => [...new Set(endpoints.map(({ id }) => id))].toSorted()

test('every endpoint that a file defines is known', async () => {
  const folder = join(import.meta.dirname, '../src/api')
  const modules: object[] = []
  for await (const file of glob('*.ts', { cwd: folder })) modules.push(await import(join(folder, file)))
  assert.ok(modules.length > 5)
  assert.deepEqual(idsOf(endpointsOf(modules)), idsOf(definedEndpoints))
})

test('every endpoint is documented, but those between services', () => {
  const open = definedEndpoints.filter(({ access, tag }) => access !== 'service' && tag !== 'Internal')
  assert.deepEqual(idsOf(publicEndpoints), idsOf(open))
  assert.equal(publicEndpoints.length, open.length)
  for (const endpoint of passedToAuth) assert.ok(publicEndpoints.includes(endpoint), endpoint.id)
})
