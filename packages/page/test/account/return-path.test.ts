import assert from 'node:assert/strict'
import { test } from 'node:test'
import { returnPath, signInFor } from '../../src/account/return-path.ts'

test('the sign-in leads back to where one was, with its query', () => {
  const url = '/admin/log?userId=1&action=logged-in'
  const query = new URL(signInFor(url), 'http://localhost').searchParams
  assert.equal(returnPath(query.get('from') ?? undefined), url)
  assert.equal(returnPath('/settings/webhooks/0b0e'), '/settings/webhooks/0b0e')
})

test('the sign-in never leads off the page, nor to itself', () => {
  const hostile = [
    'https://example.com/',
    '//example.com',
    '/\\example.com',
    'javascript:alert(1)',
    '/account/export',
  ]
  for (const from of [...hostile, '/sign-in?from=/', '/sign-up', undefined])
    assert.equal(returnPath(from), '/')
})
