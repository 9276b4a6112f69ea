import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mayGetMail, type RecentMail } from '../../src/account-mails/mail-limits.ts'

const now = new Date('2026-11-29T12:00:00Z')
const mails = (count: number, network: string, minutesAgo: number): RecentMail[] =>
  Array(count).fill({ network, createdAt: new Date(now.getTime() - minutesAgo * 60_000) })

describe('mayGetMail', () => {
  const ask = (recent: RecentMail[], isKnownPlace = false) =>
    mayGetMail(recent, { network: 'a', isKnownPlace, now })

  it('allows three in an hour on requests from one network', () => {
    assert.equal(ask([]), true)
    assert.equal(ask(mails(2, 'a', 5)), true)
    assert.equal(ask(mails(3, 'a', 59)), false)
    assert.equal(ask(mails(3, 'a', 61)), true)
    assert.equal(ask(mails(3, 'b', 5)), true)
  })

  it('allows ten in a day on requests from everywhere', () => {
    assert.equal(ask(mails(9, 'b', 5)), true)
    assert.equal(ask([...mails(5, 'b', 5), ...mails(5, 'c', 600)]), false)
  })

  it('keeps ten more for where the recipient has logged in', () => {
    assert.equal(ask(mails(19, 'b', 5), true), true)
    assert.equal(ask(mails(20, 'b', 5), true), false)
    assert.equal(ask(mails(3, 'a', 5), true), false)
  })
})
