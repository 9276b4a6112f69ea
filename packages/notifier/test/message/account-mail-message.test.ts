import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accountMailContent, accountMailKind } from '@jackalope/contracts'
import { accountMailMessage } from '../../src/message/account-mail-message.ts'

const from = { name: 'Jackalope', address: 'noreply@example.com' }
const publicUrl = 'https://mp3converter.com'
const content = {
  id: '4b7d3c0e-94f5-4f5e-8f6e-6a2b7a1e0c11',
  kind: 'verify-email' as const,
  to: 'ada@example.com',
  createdAt: '2026-11-29T19:10:00.000Z',
  linkPath: '/verify-email?token=abc.def',
  linkExpiresAt: '2026-11-30T19:10:00.000Z',
  oldEmail: 'ada@example.com',
  newEmail: 'countess@example.com',
  clientAddress: '203.0.113.7',
}
const withLinks = ['verify-email', 'password-reset', 'email-change-confirm']
const bodies = (mail: { text: string; html: string }) => [mail.text, mail.html]

describe('the mail of each kind', () => {
  for (const kind of accountMailKind.options) {
    const mail = accountMailMessage({ ...content, kind }, { from, publicUrl })

    it(`${kind}: is for its recipient, and the same at every attempt`, () => {
      assert.equal(mail.to, content.to)
      assert.equal(mail.messageId, `<account.${content.id}@example.com>`)
      assert.doesNotMatch(mail.subject, /[^\w '-]/)
      for (const body of bodies(mail)) assert.match(body, /mp3converter\.com/)
    })

    it(`${kind}: has ${withLinks.includes(kind) ? 'its link, and says how long it works' : 'no link'}`, () => {
      for (const body of bodies(mail)) {
        const hasLink = body.includes('https://mp3converter.com/verify-email?token=abc.def')
        assert.equal(hasLink, withLinks.includes(kind))
        assert.equal(/works once\s+and\s+until/.test(body), withLinks.includes(kind))
      }
    })
  }
})

describe('mails to addresses that are not confirmed', () => {
  it('hold no text that anybody has chosen', () => {
    const chosen = { oldEmail: 'buy-now.evil.example@x.example', clientAddress: '203.0.113.7' }
    for (const kind of ['verify-email', 'email-change-confirm'] as const) {
      const mail = accountMailMessage({ ...content, ...chosen, kind }, { from, publicUrl })
      assert.doesNotMatch(JSON.stringify(mail), /evil|203\.0\.113\.7/)
    }
  })
})

describe('mails about what happened', () => {
  it('say when, and from where if that is known and an address', () => {
    const news = { ...content, kind: 'password-changed' as const }
    const { text } = accountMailMessage(news, { from, publicUrl })
    assert.match(
      text.replaceAll('\n', ' '),
      /on Sunday, 29 November 2026 at 19:10 UTC, from 203\.0\.113\.7\./,
    )
    const odd = accountMailMessage({ ...news, clientAddress: '1.2.3.4\r\nBcc: x' }, { from, publicUrl })
    assert.match(odd.text.replaceAll('\n', ' '), /at 19:10 UTC\./)
  })

  it('tell the old address what to do, and the new one that it is used now', () => {
    const news = { ...content, kind: 'email-changed' as const }
    const toOld = accountMailMessage({ ...news, to: news.oldEmail }, { from, publicUrl })
    const toNew = accountMailMessage({ ...news, to: news.newEmail }, { from, publicUrl })
    assert.match(toOld.text, /somebody else has your\s+password/)
    assert.match(toNew.text, /From now on you log in with it/)
  })
})

it('a mail whose link is missing is not sent', () => {
  const { linkPath, ...without } = accountMailContent.parse(content)
  assert.throws(() => accountMailMessage(without, { from, publicUrl }), { code: 'ERR_AUTH_UNAVAILABLE' })
})
