import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ConfigError, readConfig } from '@jackalope/service-kit'
import { notifierConfig } from '../../src/config/notifier-config.ts'

const base = {
  PORT: '8083',
  AMQP_URL: 'amqp://127.0.0.1',
  REDIS_URL: 'redis://127.0.0.1',
  AUTH_URL: 'http://127.0.0.1:8081',
  SERVICE_TOKEN: 'b8Jb0kTjNqv2yVd5Xh1mZr7sQw4eLc9f',
  LINK_SECRET: 'Wq7nT3kLp9xZ2vB6mD4sF8hJ1cR5gY0e',
  PUBLIC_URL: 'https://mp3converter.com/',
}
const sending = { ...base, SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'Jackalope <noreply@example.com>' }

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(notifierConfig, env)
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.faults
  }
}

describe('the configuration of the notifier', () => {
  it('reads the mail server, the sender and the public address', () => {
    const config = readConfig(notifierConfig, {
      ...sending,
      SMTP_URL: 'smtps://ada%40example.com:p%3Ass@[::1]:465',
    })
    assert.deepEqual(config.SMTP_URL, {
      host: '::1',
      port: 465,
      secure: true,
      login: { user: 'ada@example.com', pass: 'p:ss' },
    })
    assert.deepEqual(config.MAIL_FROM, { name: 'Jackalope', address: 'noreply@example.com' })
    assert.equal(config.PUBLIC_URL, 'https://mp3converter.com')
  })

  it('takes MAIL=off instead, and then wants no sender', () => {
    assert.equal(readConfig(notifierConfig, { ...base, MAIL: 'off' }).SMTP_URL, undefined)
  })

  it('refuses to guess whether mail is wanted', () => {
    assert.deepEqual(faultsOf(base), [
      'SMTP_URL: is not set; set it to the mail server, or MAIL=off to send no mail',
    ])
    assert.deepEqual(faultsOf({ ...sending, MAIL: 'off' }), [
      'MAIL: is off although SMTP_URL names a mail server; remove one of the two',
    ])
    assert.deepEqual(faultsOf({ ...base, MAIL: 'on' }), ['MAIL: expected off, or no value, got "on"'])
  })

  it('wants a sender where it sends', () => {
    const { MAIL_FROM: _, ...withoutSender } = sending
    assert.match(faultsOf(withoutSender).join(), /^MAIL_FROM: is not set; expected the sender/)
  })

  it('refuses what is not one sender', () => {
    const notOne = [
      'Jackalope',
      'a@example.com, b@example.com',
      'Team: a@example.com;',
      'a@example.com\r\nBcc: b@example.com',
      'a b@example.com',
      'a@',
      'a@exa mple.com',
    ]
    for (const sender of notOne)
      assert.match(faultsOf({ ...sending, MAIL_FROM: sender }).join(), /^MAIL_FROM: expected/, sender)
  })

  it('takes a sender on this machine', () => {
    assert.deepEqual(faultsOf({ ...sending, MAIL_FROM: 'jackalope@localhost' }), [])
  })

  it('refuses a mail server that it would misread, and shows no password', () => {
    for (const url of [
      'mail.example.com',
      'http://u:hunter22@mail.example.com',
      'smtp://u:hunter22@mail.example.com/path',
      'smtp://u:hunter22@mail.example.com?pool=true',
      'smtp://u:hunter22%@mail.example.com',
    ]) {
      const faults = faultsOf({ ...sending, SMTP_URL: url })
      assert.equal(faults.length, 1, url)
      assert.match(faults[0] as string, /^SMTP_URL: /)
      assert.doesNotMatch(faults[0] as string, /hunter22/)
    }
  })

  it('reports every fault together', () => {
    const faults = faultsOf({ PORT: '80a', MAIL: 'off', SMTP_URL: 'smtp://localhost' })
    const variables = faults.map(fault => fault.split(':')[0])
    for (const name of ['PORT', 'AMQP_URL', 'REDIS_URL', 'AUTH_URL', 'SERVICE_TOKEN', 'PUBLIC_URL', 'MAIL'])
      assert.ok(variables.includes(name), name)
  })
})
