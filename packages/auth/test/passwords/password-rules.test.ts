import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { LogLines, onEnd } from '@jackalope/local-servers/testing'
import { createLogger, type HttpProblem } from '@jackalope/service-kit'
import { askForBreachedPasswords } from '../../src/passwords/breached-passwords.ts'
import { createPasswordRules } from '../../src/passwords/password-rules.ts'

const email = 'ada.lovelace@example.com'
const rules = createPasswordRules()

async function refusal(password: string, checked = rules): Promise<string | undefined> {
  try {
    await checked.check(password, { email })
    return undefined
  } catch (error) {
    const { status, code, detail } = error as HttpProblem
    assert.deepEqual([status, code], [422, 'invalid-fields'])
    return detail
  }
}

/** A service of ranges that knows some passwords. */
async function startRanges(t: TestContext, known: string[], answer?: string) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const digests = known.map(password => createHash('sha1').update(password).digest('hex').toUpperCase())
    const lines = digests.map(digest => `${digest.slice(5)}:42`)
    if (answer !== 'never') response.end(answer ?? [...lines, `${'0'.repeat(35)}:0`].join('\r\n'))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onEnd(t, async () => void server.close().closeAllConnections())
  const logs = new LogLines()
  const logger = createLogger({ service: 'auth', destination: logs })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/range`
  return { asked, logs, rules: createPasswordRules(askForBreachedPasswords(url, logger)) }
}

describe('New passwords', () => {
  for (const password of [
    'Correct-horse-9',
    'a:b::Kühlschrank-€-🐇:',
    'four words without digits',
    'x9$Lq!vT2#',
    'надежный пароль из слов',
  ])
    it(`may be ${password}`, async () => {
      assert.equal(await refusal(password), undefined)
    })

  for (const [password, reason] of [
    ['password123', /one of the most common/],
    ['PassWord123', /one of the most common/],
    ['qwertyuiop', /one of the most common/],
    ['!!Football-2026!', /one of the most common/],
    ['aaaaaaaaaaaa', /too easy to guess/],
    ['1212121212', /too easy to guess/],
    ['abcdefghijkl', /too easy to guess/],
    ['9876543210', /too easy to guess/],
    ['Ada.Lovelace@example.com', /too easy to guess/],
    ['lovelace-2026', /too easy to guess/],
    ['Jackalope-2026', /too easy to guess/],
  ] as const)
    it(`may not be ${password}`, async () => {
      assert.match((await refusal(password)) ?? '', reason)
    })

  it('name the member of the body that holds them', async () => {
    await assert.rejects(
      rules.check('password123', { email, field: 'new_password' }),
      (error: HttpProblem) => {
        assert.equal((error.extensions.errors as Array<{ field: string }>)[0]?.field, 'new_password')
        return true
      },
    )
  })
})

describe('Passwords known from breaches', () => {
  it('are refused; the service is told five digits of the hash', async t => {
    const ranges = await startRanges(t, ['Correct-horse-9'])
    assert.match((await refusal('Correct-horse-9', ranges.rules)) ?? '', /data breach/)
    assert.equal(await refusal('Another-horse-9', ranges.rules), undefined)
    const digest = createHash('sha1').update('Correct-horse-9').digest('hex').toUpperCase()
    assert.deepEqual(ranges.asked[0], `/range/${digest.slice(0, 5)}`)
    assert.ok(ranges.asked.every(url => /^\/range\/[\dA-F]{5}$/.test(url)))
  })

  for (const [name, answer] of [
    ['does not answer', 'never'],
    ['answers without an end', 'x'.repeat(2 * 1024 * 1024)],
  ] as const)
    it(`are let pass, with a line in the log, when the service ${name}`, async t => {
      const ranges = await startRanges(t, ['Correct-horse-9'], answer)
      assert.equal(await refusal('Correct-horse-9', ranges.rules), undefined)
      assert.equal(ranges.logs.all.filter(line => line.level === 'warn').length, 1)
      assert.ok(!JSON.stringify(ranges.logs.all).includes('Correct-horse-9'))
    })
})
