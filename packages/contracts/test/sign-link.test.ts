import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signLink, verifyLink } from '../src/index.ts'

const secret = 'a secret for links of at least 32 bytes'
const audioId = '66a1f0c2b3d4e5f607182930'
const publicUrl = 'https://jackalope.example'
const expiresAt = new Date('2026-11-29T12:00:00.700Z')

function query(url: string): { expires: string; signature: string } {
  const { searchParams } = new URL(url)
  return { expires: searchParams.get('expires') ?? '', signature: searchParams.get('signature') ?? '' }
}

test('a signed link is valid until it expires', () => {
  const link = signLink(audioId, { publicUrl, secret, expiresAt })
  assert.equal(link.expiresAt.toISOString(), '2026-11-29T12:00:00.000Z')
  assert.match(
    link.url,
    /^https:\/\/jackalope\.example\/files\/66a1f0c2b3d4e5f607182930\?expires=1795953600&/,
  )
  const end = link.expiresAt.getTime()
  assert.equal(verifyLink(audioId, query(link.url), secret, end - 1), 'valid')
  assert.equal(verifyLink(audioId, query(link.url), secret, end), 'expired')
})

test('a link lives seven days unless it is told otherwise', () => {
  const { expiresAt } = signLink(audioId, { publicUrl, secret })
  const days = (expiresAt.getTime() - Date.now()) / (24 * 3_600_000)
  assert.ok(days > 6.99 && days <= 7, `${days} days`)
})

test('a link with any part changed is forged, also after its end', () => {
  const { expires, signature } = query(signLink(audioId, { publicUrl, secret, expiresAt }).url)
  const changed = [
    { expires: String(Number(expires) + 1), signature },
    { expires: `0${expires}`, signature },
    { expires: '', signature },
    { expires: '1e99', signature },
    { expires: '99'.repeat(1_000), signature },
    { expires, signature: '' },
    { expires, signature: `${signature}A` },
    { expires, signature: signature.slice(1) },
    { expires, signature: 'ä'.repeat(signature.length) },
    { expires, signature: signature.replace(/^./, first => (first === 'A' ? 'B' : 'A')) },
  ]
  for (const parts of changed)
    assert.equal(verifyLink(audioId, parts, secret, 0), 'forged', JSON.stringify(parts).slice(0, 80))
  assert.equal(verifyLink('66a1f0c2b3d4e5f607182931', { expires, signature }, secret, 0), 'forged')
  assert.equal(verifyLink(audioId, { expires, signature }, `${secret}!`, 0), 'forged')
})
