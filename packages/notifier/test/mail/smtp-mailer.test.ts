import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { message, never, setup } from './setup.ts'

describe('createSmtpMailer', () => {
  it('sends the mail as it should arrive', async t => {
    const { server, mailer } = await setup(t)
    const before = Date.now()
    assert.match(await mailer.send(message(), never), /^250/)
    const { mail, source, sender, recipients } = await server.next()
    assert.equal(sender, 'noreply@example.com')
    assert.deepEqual(recipients, ['ada@example.com'])
    assert.equal(mail.subject, 'Your audio is ready: holiday.mp3')
    assert.equal(mail.from?.text, '"Jackalope" <noreply@example.com>')
    assert.equal(mail.messageId, '<audio-ready.v-65f0c0ffee65f0c0ffee6543@example.com>')
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
    assert.ok(Math.abs((mail.date?.getTime() ?? 0) - before) < 60_000)
    assert.match(source, /^Date: /im)
    assert.match(source, /^MIME-Version: 1\.0/im)
    assert.match(source, /^Content-Type: multipart\/alternative/im)
    assert.doesNotMatch(source, /^(X-Mailer|Bcc|Cc):/im)
    for (const body of [mail.text ?? '', mail.html || '']) {
      assert.match(body, /holiday\.mp3/)
      assert.match(body, /8\.4 MB, 3 min 20 s/)
      assert.match(body, /https:\/\/mp3converter\.com\/jobs\/v-65f0c0ffee65f0c0ffee6543\/audio/)
      assert.match(body, /curl -OJ /)
    }
  })

  it('sends the same Message-ID again when it sends again', async t => {
    const { server, mailer } = await setup(t)
    await mailer.send(message(), never)
    await mailer.send(message(), never)
    assert.equal((await server.next()).mail.messageId, (await server.next()).mail.messageId)
    assert.equal(server.connections(), 1, 'and uses the connection it has')
  })
})
