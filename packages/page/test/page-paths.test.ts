import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { pageAddress, pagePaths } from '../src/page-paths.ts'

test('every address of the page has a view', () => {
  const routes = readFileSync(new URL('../src/app/routes.tsx', import.meta.url), 'utf8')
  const paths = [...routes.matchAll(/<Route path="([^"]+)"/g)].map(([, path]) => path)
  assert.deepEqual(paths.toSorted(), [...pagePaths].toSorted())
})

test('links to the API and to files are left to the browser', () => {
  for (const address of ['/', '/?x=1', '/history#top', '/settings/webhooks/12'])
    assert.match(address, pageAddress)
  for (const address of [
    '/docs',
    '/jobs/v-1/audio',
    '/downloads/zip?job=1',
    '/admin/board',
    '/settings/webhooks/1/x',
  ])
    assert.doesNotMatch(address, pageAddress)
})
