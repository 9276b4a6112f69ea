import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { z } from 'zod'
import { connectionUrl, connectionUrls, host, httpUrl, integer, port, secret } from '../../src/index.ts'

function accepts(schema: z.ZodType, texts: string[]): void {
  for (const text of texts) assert.ok(schema.safeParse(text).success, `should accept ${JSON.stringify(text)}`)
}

function refuses(schema: z.ZodType, texts: string[]): void {
  for (const text of texts)
    assert.ok(!schema.safeParse(text).success, `should refuse ${JSON.stringify(text)}`)
}

function messageOf(schema: z.ZodType, text: string): string {
  return schema.safeParse(text).error?.issues[0]?.message ?? ''
}

describe('integer', () => {
  it('takes decimal digits within its range and nothing else', () => {
    assert.equal(integer(-5, 10).parse('-5'), -5)
    assert.equal(integer(0, 10).parse('10'), 10)
    refuses(integer(0, 10), ['11', '-1', '1.5', '1e1', '0x1', ' 1', '1 ', '1_0', 'one', '٣'])
  })

  it('takes port 0 only where that is asked for', () => {
    refuses(port(), ['0', '65536'])
    accepts(port(0), ['0', '65535'])
  })
})

describe('host', () => {
  it('takes addresses and names', () => {
    accepts(host(), ['0.0.0.0', '::', '::1', 'localhost', 'gateway.example.com'])
    refuses(host(), ['256.1.1.1', '1.2.3', 'http://localhost', 'localhost:80', '-a', 'a b'])
  })

  it('is the loopback address unless something else is set', () => {
    assert.equal(host().parse(undefined), '127.0.0.1')
  })
})

describe('httpUrl', () => {
  it('gives the address without a trailing slash', () => {
    assert.equal(httpUrl().parse('http://localhost:8080/'), 'http://localhost:8080')
    assert.equal(httpUrl().parse('https://example.com/auth/'), 'https://example.com/auth')
  })

  it('refuses other protocols and what would be lost', () => {
    refuses(httpUrl(), ['localhost:8080', 'ftp://a', 'http://', 'http://me:pw@a', 'http://a?b', 'http://a#b'])
  })
})

describe('connectionUrl', () => {
  it('gives the address unchanged', () => {
    const text = 'amqps://guest:p%40ss@[::1]:5671/vhost'
    assert.equal(connectionUrl('amqp', 'amqps').parse(text), text)
  })

  it('refuses another protocol and names an example', () => {
    assert.equal(
      messageOf(connectionUrl('amqp', 'amqps'), 'http://localhost'),
      'expected an address such as amqp://user:password@host:port, got "http://localhost"',
    )
  })

  it('never shows a password', () => {
    for (const text of [
      'http://me:hunter22@host',
      'amqp://me:hunter22@',
      'me:hunter22@host',
      'amqp://me:hunter22@h:x',
    ])
      assert.doesNotMatch(messageOf(connectionUrl('amqp'), text), /hunter22|^$/, text)
  })
})

describe('connectionUrls', () => {
  const brokers = connectionUrls('amqp', 'amqps')

  it('gives one address, or several', () => {
    assert.deepEqual(brokers.parse('amqp://a'), ['amqp://a'])
    const two = ['amqp://me:pass,word@a', 'amqps://b:5671']
    assert.deepEqual(brokers.parse(two.join(',')), two)
    assert.deepEqual(brokers.parse(two.join(', ')), two)
  })

  it('refuses the list over one that is none, and never shows a password', () => {
    for (const text of [
      '',
      ',',
      'amqp://',
      'amqp://a,http://b',
      'amqp://a,amqp://me:hunter22@',
      'amqp://a,b',
    ])
      assert.doesNotMatch(messageOf(brokers, text), /hunter22|^$/, text)
  })
})

describe('secret', () => {
  it('measures bytes, not characters', () => {
    accepts(secret(32), ['äöüßÄÖÜ€'.repeat(2)])
    refuses(secret(32), ['abcdefghijklmnopqrstuvwxyz01234'])
  })

  it('refuses a placeholder of few different characters', () => {
    assert.match(
      messageOf(secret(32), 'abc'.repeat(20)),
      /too easy to guess: it has only 3 different characters/,
    )
  })

  it('never shows its value', () => {
    assert.doesNotMatch(messageOf(secret(32), 'hunter22-hunter22'), /hunter22|^$/)
    assert.doesNotMatch(messageOf(secret(32), 'hunt'.repeat(20)), /hunt|^$/)
  })
})
