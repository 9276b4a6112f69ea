import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { message, never, setup } from './setup.ts'

describe('a mail about hostile values', () => {
  it('lets no file name write headers or add recipients', async t => {
    const { server, mailer } = await setup(t)
    const hostile = [
      'a.mp3\r\nBcc: eve@example.com',
      'a.mp3\nContent-Type: text/html\n\n<h1>hello</h1>',
      'a.mp3\rX-Evil: 1',
      'a.mp3\u2028X-Evil: 1',
      '=?utf-8?B?DQpCY2M6IGV2ZUBleGFtcGxlLmNvbQ==?=.mp3',
      '\r\n.\r\nMAIL FROM:<eve@example.com>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\n.mp3',
      `${'x'.repeat(5_000)}.mp3`,
      '\0\u202e\ud800',
    ]
    for (const fileName of hostile) {
      await mailer.send(message({ fileName }), never)
      const { mail, source, recipients } = await server.next()
      assert.deepEqual(recipients, ['ada@example.com'], fileName)
      const names = [...mail.headers.keys()].sort()
      assert.deepEqual(
        names,
        ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'],
        fileName,
      )
      assert.ok(source.split('\r\n').every(line => line.length <= 998))
    }
    assert.equal(server.received.length, hostile.length)
  })

  it('shows an encoded word in a file name as it is written', async t => {
    const { server, mailer } = await setup(t)
    await mailer.send(message({ fileName: '=?utf-8?B?aGVsbG8=?=.mp3' }), never)
    assert.equal((await server.next()).mail.subject, 'Your audio is ready: =?utf-8?B?aGVsbG8=?=.mp3')
  })

  it('escapes file names in the HTML part, and shows every script as it is', async t => {
    const { server, mailer } = await setup(t)
    await mailer.send(message({ fileName: `<img src=x onerror="alert('1')"> Grüße & 日本語 🎺.mp3` }), never)
    const { mail } = await server.next()
    assert.ok(mail.html)
    assert.doesNotMatch(mail.html, /<img/)
    assert.match(
      mail.html,
      /&lt;img src=x onerror=&quot;alert\(&#39;1&#39;\)&quot;&gt; Grüße &amp; 日本語 🎺\.mp3/,
    )
    assert.match(mail.text ?? '', /<img src=x onerror="alert\('1'\)"> Grüße & 日本語 🎺\.mp3/)
  })

  it('writes commands that a shell cannot be led astray with', async t => {
    const { server, mailer } = await setup(t)
    await mailer.send(message({ jobId: "v-1'; rm -rf ~; '\n$(reboot)", fileName: '$(reboot).mp3' }), never)
    const { mail } = await server.next()
    const lines = (mail.text ?? '').split('\n')
    const commands = lines.filter(line => line.includes('curl -'))
    assert.deepEqual(
      commands.map(line => line.trim()),
      ["curl -OJ 'https://mp3converter.com/files/a?expires=1&signature=%27$(reboot)'"],
    )
  })

  it('sends to one address only, whatever the address looks like', async t => {
    const { server, mailer } = await setup(t)
    const notOne = [
      'ada@example.com, eve@example.com',
      'ada@example.com; eve@example.com',
      'Team: ada@example.com, eve@example.com;',
      'ada@example.com>\r\nRCPT TO:<eve@example.com',
      'ada@example.com eve@example.com',
      '<ada@example.com>',
      'ada',
      '',
    ]
    for (const to of notOne)
      await assert.rejects(mailer.send(message({}, to), never), { code: 'ERR_MAIL_REJECTED' }, to)
    await mailer.send(message({}, "o'brien+mp3@mail.example.com"), never)
    assert.deepEqual(
      server.received.map(({ recipients }) => recipients),
      [["o'brien+mp3@mail.example.com"]],
    )
  })
})
